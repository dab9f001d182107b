package dev.paddock.kit.connection;

import org.springframework.boot.tomcat.servlet.TomcatServletWebServerFactory;
import org.springframework.boot.web.server.WebServerFactoryCustomizer;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Places the valve around every request. */
@Configuration(proxyBeanMethods = false)
public class ConnectionConfiguration {
    @Bean
    WebServerFactoryCustomizer<TomcatServletWebServerFactory> callerConnectionValve() {
        return factory -> factory.addEngineValves(new CallerConnectionValve());
    }
}
