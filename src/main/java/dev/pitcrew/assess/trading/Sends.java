package dev.pitcrew.assess.trading;

import dev.pitcrew.model.infra.Duty;

/// Which jobs send orders.
final class Sends {
    private Sends() {}

    /// A job or unit is taken for one that does only when its name says what it does, too.
    static boolean orders(Duty duty, String name) {
        return duty == Duty.ORDER_ENTRY
                && !name.matches(
                        "(?i).*(backup|report|clean|sync|download|export|check|monitor|backtest|telegram|discord|slack|notif|listener|watchdog|csv|api|web).*");
    }
}
