package dev.pitcrew.assess.image;

import dev.pitcrew.assess.Check;
import java.util.List;

/// The checks of containers and images, in the order of their codes.
public final class ImageChecks {
    public static final List<Check> ALL =
            List.of(
                    new RootOnOrderPath(),
                    new BaseFloatsOnOrderPath(),
                    new SecretInBuildArgument(),
                    new ImageHealthCannotFail(),
                    new SecretsCopiedWithContext(),
                    new DiesUnnoticedBehindAnother());

    private ImageChecks() {}
}
