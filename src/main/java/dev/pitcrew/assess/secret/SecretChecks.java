package dev.pitcrew.assess.secret;

import dev.pitcrew.assess.Check;
import java.util.List;

/// The checks of secrets, in the order of their codes.
public final class SecretChecks {
    public static final List<Check> ALL =
            List.of(
                    new VenueKeyInFile(),
                    new SecretWithWorkingDefault(),
                    new SecretInTheLog(),
                    new EnvironmentFileCommitted(),
                    new SecretOnCommandLine());

    private SecretChecks() {}
}
