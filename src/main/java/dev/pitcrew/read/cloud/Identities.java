package dev.pitcrew.read.cloud;

import dev.pitcrew.model.Located;
import dev.pitcrew.model.Place;
import dev.pitcrew.read.cloud.Hcl.Body;
import dev.pitcrew.read.cloud.Hcl.Text;
import java.util.Optional;
import java.util.regex.Pattern;

/// Which identities may do everything.
final class Identities {
    private static final Pattern ALL_IN_JSON =
            Pattern.compile("(?s)\"Action\"\\s*:\\s*(\\[\\s*)?\"\\*\"");
    private static final Pattern ON_ALL_IN_JSON =
            Pattern.compile("(?s)\"Resource\"\\s*:\\s*(\\[\\s*)?\"\\*\"");

    private Identities() {}

    static boolean isOne(String type) {
        return type.matches(
                "aws_iam_(policy|role_policy|user_policy|group_policy|policy_document|role_policy_attachment|user_policy_attachment|group_policy_attachment)|google_project_iam_(member|binding)|azurerm_role_assignment|AWS::IAM::(Policy|ManagedPolicy)");
    }

    /// Where one is given everything.
    static Optional<Place> everything(String type, Scope scope, Body body) {
        return switch (type) {
            case "aws_iam_policy_document" ->
                    scope.bodies(body, "statement").stream()
                            .filter(one -> one.blocks("principals").isEmpty())
                            .flatMap(
                                    one ->
                                            inStatement(
                                                    scope, one, "effect", "actions", "resources")
                                                    .stream())
                            .findFirst();
            case "aws_iam_role_policy_attachment",
                    "aws_iam_user_policy_attachment",
                    "aws_iam_group_policy_attachment" ->
                    said(scope, body, "policy_arn", "arn:aws:iam::aws:policy/AdministratorAccess");
            case "google_project_iam_member" ->
                    isServiceAccount(scope, body, "member")
                            ? said(scope, body, "role", "roles/(owner|editor)")
                            : Optional.empty();
            case "google_project_iam_binding" ->
                    isServiceAccount(scope, body, "members")
                            ? said(scope, body, "role", "roles/(owner|editor)")
                            : Optional.empty();
            case "azurerm_role_assignment" -> said(scope, body, "role_definition_name", "Owner");
            case "AWS::IAM::Policy", "AWS::IAM::ManagedPolicy" ->
                    scope.bodies(body, "PolicyDocument").stream()
                            .flatMap(one -> inPolicy(scope, one).stream())
                            .findFirst();
            default -> inText(scope, body);
        };
    }

    private static boolean isServiceAccount(Scope scope, Body body, String name) {
        return body.value(name).stream()
                .anyMatch(
                        one ->
                                one instanceof Text text
                                        ? text.text().startsWith("serviceAccount:")
                                        : scope.texts(body, name).stream()
                                                .anyMatch(
                                                        it ->
                                                                it.value()
                                                                        .startsWith(
                                                                                "serviceAccount:")));
    }

    private static Optional<Place> said(Scope scope, Body body, String path, String form) {
        return scope.at(body, path)
                .said()
                .filter(one -> one.value().matches(form))
                .map(Located::place);
    }

    private static Optional<Place> inText(Scope scope, Body body) {
        var policy = body.value("policy").map(scope::resolved);
        if (policy.isPresent() && policy.get() instanceof Text text) {
            boolean isAll =
                    text.text().length() < 50_000
                            && !text.text().contains("Deny")
                            && !text.text().contains("\"Condition\"")
                            && ALL_IN_JSON.matcher(text.text()).find()
                            && ON_ALL_IN_JSON.matcher(text.text()).find();
            return isAll ? Optional.of(text.place()) : Optional.empty();
        }
        return scope.bodies(body, "policy").stream()
                .flatMap(one -> inPolicy(scope, one).stream())
                .findFirst();
    }

    private static Optional<Place> inPolicy(Scope scope, Body policy) {
        return scope.bodies(policy, "Statement").stream()
                .flatMap(one -> inStatement(scope, one, "Effect", "Action", "Resource").stream())
                .findFirst();
    }

    private static Optional<Place> inStatement(
            Scope scope, Body statement, String effect, String actions, String resources) {
        boolean isLimited =
                said(scope, statement, effect, "Deny").isPresent()
                        || statement.value("Condition").isPresent()
                        || !statement.blocks("condition").isEmpty();
        boolean isOnAll =
                scope.texts(statement, resources).stream().anyMatch(one -> one.value().equals("*"));
        return scope.texts(statement, actions).stream()
                .filter(one -> one.value().equals("*") && isOnAll && !isLimited)
                .map(Located::place)
                .findFirst();
    }
}
