package desk.venue;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;

/// FIX messages as bytes, for what an engine would refuse to send.
final class RawFix {
    private RawFix() {}

    static byte[] logon(String compId, int number) {
        var time =
                DateTimeFormatter.ofPattern("yyyyMMdd-HH:mm:ss.SSS")
                        .withZone(ZoneOffset.UTC)
                        .format(Instant.now());
        var body =
                "35=A|34=%d|49=%s|52=%s|56=SIMX|98=0|108=1|"
                        .formatted(number, compId, time)
                        .replace('|', '\u0001');
        var text = "8=FIX.4.4\u00019=" + body.length() + "\u0001" + body;
        var sum = text.chars().sum() % 256;
        return (text + "10=%03d\u0001".formatted(sum)).getBytes(StandardCharsets.ISO_8859_1);
    }
}
