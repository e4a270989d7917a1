package dev.pitcrew.assess.fix;

import static dev.pitcrew.assess.fix.Told.always;

import dev.pitcrew.assess.fix.Change.Append;
import dev.pitcrew.assess.fix.Change.InBlock;
import dev.pitcrew.assess.fix.Change.Replace;
import dev.pitcrew.assess.fix.Told.Said;
import dev.pitcrew.model.Located;
import dev.pitcrew.model.infra.CloudResource;
import java.util.List;
import java.util.Map;
import java.util.function.BiFunction;

/// Fixes of what is rented from clouds, in Terraform's own language.
final class CloudFixes {
    static final Map<String, Fixer> ALL =
            Map.of(
                    "CLD-001", of("isPublic", (_, value) -> closed(value)),
                    "CLD-003", of("waitDays", CloudFixes::keptLonger),
                    "CLD-006", of("isLocked", (_, value) -> locked(value)),
                    "TRD-110", of("deletionProtected", CloudFixes::kept),
                    "TRD-111", of("backupDays", CloudFixes::backedUp),
                    "TRD-112", of("severalZones", CloudFixes::doubled),
                    "TRD-114", of("isSpot", CloudFixes::lasting),
                    "TRD-116", of("isVersioned", CloudFixes::versioned));

    private CloudFixes() {}

    /// @param word of the setting that the finding stands at
    private static Fixer of(
            String word, BiFunction<CloudResource, Located<String>, List<Fix>> fixes) {
        return always(said -> at(said, word, fixes));
    }

    private static List<Fix> at(
            Said said, String word, BiFunction<CloudResource, Located<String>, List<Fix>> fixes) {
        return said.all(CloudResource.class).stream()
                .filter(one -> said.place().file().matches(".*\\.(tf|tofu|tfvars)"))
                .filter(
                        one ->
                                one.setting(word)
                                        .map(Located::place)
                                        .filter(said.place()::equals)
                                        .isPresent())
                .limit(1)
                .flatMap(one -> fixes.apply(one, one.setting(word).orElseThrow()).stream())
                .toList();
    }

    /// Whether the resource says nothing, so that a line has to be added.
    private static boolean isSilent(CloudResource one, Located<String> value) {
        return one.place().equals(value.place());
    }

    private static List<Fix> closed(Located<String> value) {
        return List.of(
                Fix.behaviour(
                        "The database has no address on the internet any more; who reaches it from there no longer does.",
                        new Replace(value.place(), "true", "false")));
    }

    private static List<Fix> kept(CloudResource one, Located<String> value) {
        String key =
                one.type().equals("aws_dynamodb_table")
                        ? "deletion_protection_enabled"
                        : "deletion_protection";
        String effect =
                "Whoever wants to delete the database has to switch this off first; nothing that runs changes.";
        return List.of(
                Fix.safe(
                        effect,
                        isSilent(one, value)
                                ? new InBlock(value.place(), List.of(key + " = true"))
                                : new Replace(value.place(), "false", "true")));
    }

    private static List<Fix> backedUp(CloudResource one, Located<String> value) {
        String effect =
                "The provider backs the database up every day, for a week; switching that on may restart it.";
        if (isSilent(one, value) && !one.type().equals("aws_db_instance")) {
            return List.of(); // where the line goes differs
        }
        return List.of(
                Fix.behaviour(
                        effect,
                        isSilent(one, value)
                                ? new InBlock(value.place(), List.of("backup_retention_period = 7"))
                                : new Replace(value.place(), "0", "7")));
    }

    private static List<Fix> doubled(CloudResource one, Located<String> value) {
        if (isSilent(one, value) && !one.type().matches("aws_db_instance|.*/rds/aws")) {
            return List.of();
        }
        String old = one.type().startsWith("google") ? "ZONAL" : "false";
        String now = one.type().startsWith("google") ? "REGIONAL" : "true";
        return List.of(
                Fix.behaviour(
                        "A standby in another zone gets every write before it is acknowledged, and takes over when this one fails; it costs as much again, and a write takes longer.",
                        isSilent(one, value)
                                ? new InBlock(value.place(), List.of("multi_az = true"))
                                : new Replace(value.place(), old, now)));
    }

    private static List<Fix> keptLonger(CloudResource one, Located<String> value) {
        String effect = "A deleted key can be brought back for longer; nothing that runs changes.";
        if (one.type().equals("azurerm_key_vault")) {
            return List.of(
                    Fix.safe(
                            effect,
                            isSilent(one, value)
                                    ? new InBlock(
                                            value.place(),
                                            List.of("purge_protection_enabled = true"))
                                    : new Replace(value.place(), "false", "true")));
        }
        return List.of(Fix.safe(effect, new Replace(value.place(), value.value(), "30")));
    }

    private static List<Fix> locked(Located<String> value) {
        return List.of(
                Fix.safe(
                        "Terraform, from 1.10 on, keeps a lock file beside the state while it changes something; nothing that runs changes.",
                        new InBlock(value.place(), List.of("use_lockfile = true"))));
    }

    private static List<Fix> lasting(CloudResource one, Located<String> value) {
        return one.type().equals("aws_eks_node_group")
                ? List.of(
                        Fix.behaviour(
                                "The group gets machines that stay, which cost more; applying it replaces them.",
                                new Replace(value.place(), "SPOT", "ON_DEMAND")))
                : List.of();
    }

    private static List<Fix> versioned(CloudResource one, Located<String> value) {
        String effect =
                "The bucket keeps what is written over or deleted, and needs the room for it.";
        if (!isSilent(one, value)) {
            return List.of(Fix.safe(effect, new Replace(value.place(), "false", "true")));
        }
        if (one.type().equals("google_storage_bucket")) {
            return List.of(
                    Fix.safe(
                            effect,
                            new InBlock(
                                    value.place(),
                                    List.of("versioning {", "  enabled = true", "}"))));
        }
        return List.of(
                Fix.safe(
                        effect,
                        new Append(
                                one.place(),
                                List.of(
                                        "",
                                        "resource \"aws_s3_bucket_versioning\" \"%s\" {"
                                                .formatted(one.name()),
                                        "  bucket = aws_s3_bucket.%s.id".formatted(one.name()),
                                        "",
                                        "  versioning_configuration {",
                                        "    status = \"Enabled\"",
                                        "  }",
                                        "}"))));
    }
}
