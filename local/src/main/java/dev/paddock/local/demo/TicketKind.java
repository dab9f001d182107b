package dev.paddock.local.demo;

import java.util.List;

/**
 * What a ticket of the fictional company Harrow &amp; Pike can be about, its routing code, and the words people use for it.
 * The codes follow no rule: they can only be learnt.
 */
enum TicketKind {
    DOOR(
            "HP-417-K",
            "the door|a compartment door|the lower hatch|box door seven|the big flap",
            "does not open|will not unlock|stays shut|refuses to open|keeps latching again",
            "the latch clicks twice|the bolt does not move|you can pull as hard as you like"),
    SCREEN(
            "HP-203-D",
            "the screen|the touch display|the panel in front|the touchscreen|the monitor",
            "stays black|shows only stripes|does not react to fingers|flickers all day|is frozen on the logo",
            "nobody can read the menu|tapping does nothing|the picture is gone"),
    JAM(
            "HP-358-M",
            "a parcel|a large box|an envelope|somebody's package|a long tube",
            "is jammed inside|got stuck in the slot|cannot be pulled out|is wedged behind the shelf|blocks the conveyor",
            "it was pushed in too far|the carton is squashed|the shelf is bent by it"),
    PICKUP_CODE(
            "HP-626-C",
            "the pickup code|the PIN from the text message|the QR code|the collection number|the code in the app",
            "is rejected|is not accepted|never arrived|has expired too early|is called invalid",
            "the customer typed it three times|the phone number was right|a new one was asked for"),
    POWER(
            "HP-149-P",
            "the whole station|the locker wall|the main supply|the fuse box|the mains line",
            "has no electricity|lost power|keeps tripping the breaker|went dead after the blackout|gets no current",
            "the fuse was replaced|the neighbours have power|the meter stands still"),
    NETWORK(
            "HP-732-N",
            "the modem|the station|the mobile link|the router in the cabinet|the data connection",
            "is offline|has no signal|drops the connection|cannot reach the server|shows no network",
            "the antenna looks fine|the SIM card is new|the last heartbeat was at night"),
    PAYMENT(
            "HP-581-B",
            "the card reader|the payment terminal|the contactless pad|the coin slot|the credit card slot",
            "declines every card|does not take money|prints no receipt for the charge|charges twice|swallows the bank card",
            "the customer wants a refund|the amount was wrong|paying by phone fails as well"),
    VANDALISM(
            "HP-264-V",
            "somebody|a group of teenagers|an unknown person|a vandal|someone at night",
            "sprayed graffiti on the front|smashed the glass|scratched the paint|kicked in the side panel|broke off the handle on purpose",
            "the police were called|there are photos of the damage|the camera saw it"),
    WATER(
            "HP-890-W",
            "rain water|water from the roof|a puddle|moisture|the melting snow",
            "is leaking into the boxes|drips on the parcels|stands in the bottom row|runs down the inside|soaks the cartons",
            "the seal is torn|everything is damp|the gutter above overflows"),
    LIGHT(
            "HP-375-L",
            "the lamp|the lighting above|the LED strip|the night light|the ceiling bulb",
            "is burnt out|does not switch on at dusk|stays on all day|blinks|is too dim to see by",
            "it is dark in the evening|customers use their torches|the sensor may be dirty"),
    VEHICLE(
            "HP-918-F",
            "the van|our delivery truck|the service car|van number three|the electric transporter",
            "does not start|has a flat tyre|lost oil on the motorway|has a broken mirror|makes a noise when braking",
            "the driver is waiting|the tour must be moved|it was at the garage last week"),
    CLEANING(
            "HP-442-S",
            "the floor around the lockers|the front|one compartment|the corner behind the wall|the shelf",
            "smells of rotten food|is covered in bird droppings|is full of litter|is sticky with lemonade|is filthy",
            "people complain about the dirt|a broom is not enough|it should be washed"),
    LABELS(
            "HP-607-R",
            "the label printer|the return label|the printed barcode|the sticker roll|the thermal printer",
            "prints blank labels|is out of paper|smears the barcode|cuts the sticker in half|prints too pale to scan",
            "the roll was changed|returns cannot be sent|the scanner beeps and gives up"),
    BADGE(
            "HP-153-A",
            "my courier badge|the driver's access card|the new colleague's login|my staff ID|the technician's key card",
            "is not recognised|was lost|has been deactivated|has the wrong depot on it|needs to be issued",
            "I start work at six|my supervisor agrees|the shift cannot begin");

    private final String code;
    private final List<String> subjects;
    private final List<String> troubles;
    private final List<String> details;

    TicketKind(String code, String subjects, String troubles, String details) {
        this.code = code;
        this.subjects = List.of(subjects.split("\\|", -1));
        this.troubles = List.of(troubles.split("\\|", -1));
        this.details = List.of(details.split("\\|", -1));
    }

    /** The routing code, for example {@code HP-417-K}. */
    String code() {
        return code;
    }

    List<String> subjects() {
        return subjects;
    }

    List<String> troubles() {
        return troubles;
    }

    List<String> details() {
        return details;
    }
}
