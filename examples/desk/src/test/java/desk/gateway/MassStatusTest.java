package desk.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import desk.gateway.MassStatus.Open;
import java.util.List;
import org.junit.jupiter.api.Test;
import quickfix.FieldNotFound;
import quickfix.Message;
import quickfix.field.ClOrdID;
import quickfix.field.LastRptRequested;
import quickfix.field.MassStatusReqID;
import quickfix.field.OrderQty;
import quickfix.field.Side;
import quickfix.field.Symbol;
import quickfix.field.TotNumReports;

class MassStatusTest {
    private final MassStatus status = new MassStatus();

    @Test
    void an_answer_counts_once_it_is_whole() throws Exception {
        status.ask("one");
        status.heard(report("one", "a", 2, false));
        assertThat(status.answer()).isEmpty();
        assertThat(status.isWaiting()).isTrue();

        status.heard(report("one", "b", 2, true));

        assertThat(status.answer())
                .contains(List.of(new Open("a", "AAA", '1', 10), new Open("b", "AAA", '1', 10)));
        assertThat(status.isWaiting()).isFalse();
    }

    @Test
    void an_answer_of_which_a_part_was_lost_tells_nothing() throws Exception {
        status.ask("one");

        status.heard(report("one", "b", 2, true));

        assertThat(status.answer()).isEmpty();
    }

    @Test
    void the_answer_to_an_earlier_request_is_of_no_account() throws Exception {
        status.ask("one");
        status.ask("two");

        status.heard(report("one", "NONE", 0, true));

        assertThat(status.answer()).isEmpty();
    }

    @Test
    void none_open_is_an_answer() throws Exception {
        status.ask("one");

        status.heard(report("one", "NONE", 0, true));

        assertThat(status.answer()).contains(List.of());
    }

    private static Message report(String request, String id, int total, boolean isLast)
            throws FieldNotFound {
        var report = new Message();
        report.setString(MassStatusReqID.FIELD, request);
        report.setInt(TotNumReports.FIELD, total);
        report.setBoolean(LastRptRequested.FIELD, isLast);
        report.setString(ClOrdID.FIELD, id);
        report.setString(Symbol.FIELD, "AAA");
        report.setChar(Side.FIELD, Side.BUY);
        report.setInt(OrderQty.FIELD, 10);
        return report;
    }
}
