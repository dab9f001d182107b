package dev.paddock.local.cli;

import dev.paddock.local.client.LocalTokens;
import dev.paddock.local.client.RestApi;
import dev.paddock.local.home.Home;
import dev.paddock.local.home.Ports;
import dev.paddock.local.home.UserError;
import dev.paddock.local.suite.SuiteControl;

/** The running local suite as a command reaches it. */
public record LocalSuite(Home home, String gateway, LocalTokens tokens) {

    /** The suite of {@code PADDOCK_HOME}; an error where it is not running. */
    public static LocalSuite running() {
        Home home = Home.fromEnvironment();
        if (!home.exists() || new SuiteControl(home).running().isEmpty()) {
            throw new UserError("the suite of " + home.root() + " is not running. Start it with: paddock start");
        }
        String gateway = "http://127.0.0.1:"
                + Ports.recorded(home)
                        .orElseThrow(() -> new UserError("no ports are recorded in " + home.run()))
                        .of(Ports.GATEWAY);
        return new LocalSuite(home, gateway, new LocalTokens(home, gateway));
    }

    /** The REST API as that user calls it. */
    public RestApi as(String user) {
        return new RestApi(gateway, () -> tokens.of(user));
    }
}
