package dev.paddock.kit.sample;

import dev.paddock.kit.app.PaddockService;

/** A service with nothing but what the kit gives. */
@PaddockService("kit-test")
public class KitApplication {}
