package dev.paddock.dataset;

import dev.paddock.testkit.ServiceTest;
import java.lang.annotation.ElementType;
import java.lang.annotation.Inherited;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.springframework.context.annotation.Import;

/** A story of the whole service; all stories share one context, in which an upload may have 1 MB and JSON 64 KB. */
@Inherited
@ServiceTest(properties = {"paddock.limits.upload=1MB", "paddock.limits.request=2MB", "paddock.limits.json=64KB"})
@Import({Desk.class, TestDisk.class})
@Target(ElementType.TYPE)
@Retention(RetentionPolicy.RUNTIME)
@interface DatasetTest {}
