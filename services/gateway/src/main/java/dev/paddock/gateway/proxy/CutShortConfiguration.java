package dev.paddock.gateway.proxy;

import org.springframework.boot.tomcat.servlet.TomcatServletWebServerFactory;
import org.springframework.boot.web.server.WebServerFactoryCustomizer;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Places the valve around every request. */
@Configuration(proxyBeanMethods = false)
class CutShortConfiguration {
    @Bean
    WebServerFactoryCustomizer<TomcatServletWebServerFactory> cutShortValve() {
        return factory -> factory.addEngineValves(new CutShortValve());
    }
}
