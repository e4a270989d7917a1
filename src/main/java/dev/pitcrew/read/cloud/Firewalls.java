package dev.pitcrew.read.cloud;

import dev.pitcrew.model.Located;
import dev.pitcrew.model.Place;
import dev.pitcrew.model.infra.CloudResource;
import dev.pitcrew.model.infra.CloudResource.CloudKind;
import dev.pitcrew.model.infra.Setting;
import dev.pitcrew.read.cloud.Hcl.Body;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// Rules for traffic from outside, as security groups and firewalls write them; one fact for each source.
final class Firewalls {
    private Firewalls() {}

    /// What all rules of one resource have.
    ///
    /// @param scope of its module
    record Of(
            String format,
            String type,
            String name,
            List<String> titles,
            String unit,
            Scope scope) {}

    static List<CloudResource> rules(Of of, Place place, Body body) {
        var scope = of.scope();
        var found = new ArrayList<CloudResource>();
        switch (of.type()) {
            case "aws_security_group", "aws_default_security_group" ->
                    scope.bodies(body, "ingress").forEach(one -> aws(of, place, one, found));
            case "aws_security_group_rule" -> {
                if (is(scope, body, "type", "ingress")) {
                    aws(of, place, body, found);
                }
            }
            case "aws_vpc_security_group_ingress_rule" -> {
                var sources = new ArrayList<>(scope.texts(body, "cidr_ipv4"));
                sources.addAll(scope.texts(body, "cidr_ipv6"));
                add(
                        of,
                        place,
                        sources,
                        range(scope, body, "ip_protocol", "from_port", "to_port"),
                        found);
            }
            case "AWS::EC2::SecurityGroup" ->
                    scope.bodies(body, "SecurityGroupIngress")
                            .forEach(one -> cloudFormation(of, place, one, found));
            case "AWS::EC2::SecurityGroupIngress" -> cloudFormation(of, place, body, found);
            case "google_compute_firewall" -> google(of, place, body, found);
            case "azurerm_network_security_group" ->
                    scope.bodies(body, "security_rule")
                            .forEach(one -> azure(of, place, one, found));
            case "azurerm_network_security_rule" -> azure(of, place, body, found);
            default -> {}
        }
        return found;
    }

    private static boolean is(Scope scope, Body body, String path, String value) {
        return text(scope, body, path).filter(value::equalsIgnoreCase).isPresent();
    }

    private static Optional<String> text(Scope scope, Body body, String path) {
        return scope.at(body, path).said().map(Located::value);
    }

    private static void aws(Of of, Place place, Body body, List<CloudResource> found) {
        var sources = new ArrayList<>(of.scope().texts(body, "cidr_blocks"));
        sources.addAll(of.scope().texts(body, "ipv6_cidr_blocks"));
        add(of, place, sources, range(of.scope(), body, "protocol", "from_port", "to_port"), found);
    }

    private static void cloudFormation(Of of, Place place, Body body, List<CloudResource> found) {
        var sources = new ArrayList<>(of.scope().texts(body, "CidrIp"));
        sources.addAll(of.scope().texts(body, "CidrIpv6"));
        add(of, place, sources, range(of.scope(), body, "IpProtocol", "FromPort", "ToPort"), found);
    }

    /// Empty when it isn't known.
    private static String range(Scope scope, Body body, String protocol, String from, String to) {
        if (is(scope, body, protocol, "-1") || is(scope, body, protocol, "all")) {
            return "all";
        }
        String first = text(scope, body, from).orElse("");
        String last = text(scope, body, to).orElse("");
        boolean isRange = first.matches("[0-9]{1,5}") && last.matches("[0-9]{1,5}");
        return !isRange ? "" : first.equals(last) ? first : first + "-" + last;
    }

    private static void google(Of of, Place place, Body body, List<CloudResource> found) {
        var scope = of.scope();
        if (is(scope, body, "direction", "EGRESS")) {
            return;
        }
        for (Body allow : scope.bodies(body, "allow")) {
            boolean isAll = is(scope, allow, "protocol", "all");
            var ports = scope.texts(allow, "ports").stream().map(Located::value).toList();
            boolean isOpen = ports.isEmpty() && allow.value("ports").isEmpty();
            boolean isPing = is(scope, allow, "protocol", "icmp");
            if (!isPing) {
                add(
                        of,
                        place,
                        scope.texts(body, "source_ranges"),
                        isAll || isOpen ? "all" : String.join(",", ports),
                        found);
            }
        }
    }

    private static void azure(Of of, Place place, Body body, List<CloudResource> found) {
        var scope = of.scope();
        if (!is(scope, body, "direction", "Inbound") || !is(scope, body, "access", "Allow")) {
            return;
        }
        var sources = new ArrayList<Located<String>>();
        var said = new ArrayList<>(scope.texts(body, "source_address_prefix"));
        said.addAll(scope.texts(body, "source_address_prefixes"));
        for (var one : said) {
            sources.add(one.value().matches("\\*|Internet|Any") ? one.as("0.0.0.0/0") : one);
        }
        var ports = new ArrayList<>(scope.texts(body, "destination_port_range"));
        ports.addAll(scope.texts(body, "destination_port_ranges"));
        String all = String.join(",", ports.stream().map(Located::value).toList());
        add(of, place, sources, all.equals("*") ? "all" : all, found);
    }

    private static void add(
            Of of,
            Place place,
            List<Located<String>> sources,
            String ports,
            List<CloudResource> found) {
        if (ports.isEmpty() || ports.length() > 200) {
            return;
        }
        for (var source : sources) {
            var settings =
                    List.of(
                            new Setting(of.format(), "source", source.place(), source),
                            new Setting(of.format(), "ports", place, new Located<>(ports, place)));
            found.add(
                    new CloudResource(
                            of.format(),
                            place,
                            CloudKind.FIREWALL,
                            of.type(),
                            of.name(),
                            of.titles(),
                            of.unit(),
                            settings));
        }
    }
}
