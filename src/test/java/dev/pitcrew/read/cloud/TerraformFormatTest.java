package dev.pitcrew.read.cloud;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pitcrew.model.infra.CloudResource;
import dev.pitcrew.model.infra.Survey;
import dev.pitcrew.read.survey.TestingSurvey;
import java.util.List;
import org.junit.jupiter.api.Test;

/// What Terraform's files say of what is rented, and where it stands.
class TerraformFormatTest {
    @Test
    void
            what_a_database_is_told_stands_where_it_is_written_and_what_it_is_not_told_at_the_database() {
        assertThat(
                        facts(
                                "main.tf",
                                """
                                provider "aws" {}
                                resource "aws_db_instance" "orders" {
                                  identifier          = "oms-${var.env}" # two
                                  deletion_protection = true
                                  multi_az            = var.env == "live" ? true : false
                                  tags = { Name = "Orders" }
                                  timeouts {
                                    create = "1h"
                                  }
                                }
                                variable "env" { default = "live" }
                                """))
                .containsExactly(
                        "DATABASE orders [oms-live, Orders] 2:1 deletionProtected=true 4:25, backupDays=0 2:1, isPublic=false 2:1");
    }

    @Test
    void a_module_of_the_tree_is_read_once_for_each_use_with_what_it_is_given() {
        String module =
                """
                variable "protect" { default = false }
                variable "name" {}
                resource "aws_rds_cluster" "this" {
                  cluster_identifier      = var.name
                  deletion_protection     = var.protect
                  backup_retention_period = local.days["kept"]
                }
                locals { days = { kept = 3 } }
                """;
        String live =
                """
                module "orders" {
                  source  = "../modules/db"
                  name    = "orders"
                  protect = true
                }
                module "ticks" {
                  source = "../modules/db"
                  name   = "ticks"
                }
                """;

        assertThat(facts("modules/db/main.tf", module, "live/main.tf", live))
                .containsExactly(
                        "DATABASE this [orders] 3:1 deletionProtected=true 4:13, backupDays=3 8:26",
                        "DATABASE this [ticks] 3:1 deletionProtected=false 1:32, backupDays=3 8:26");
    }

    @Test
    void of_a_module_that_nothing_here_applies_no_variable_is_known() {
        assertThat(
                        facts(
                                "main.tf",
                                """
                                variable "protect" { default = false }
                                resource "aws_rds_cluster" "this" {
                                  deletion_protection     = var.protect
                                  backup_retention_period = 7
                                }
                                """))
                .containsExactly("DATABASE this [] 2:1 backupDays=7 4:29");
    }

    @Test
    void
            variables_take_what_the_files_beside_them_give_unless_another_file_may_give_something_else() {
        String main =
                """
                variable "days" { default = 1 }
                variable "zones" { default = false }
                resource "aws_db_instance" "books" {
                  backup_retention_period = var.days
                  multi_az                = var.zones
                }
                """;

        assertThat(
                        facts(
                                "main.tf",
                                main,
                                "terraform.tfvars",
                                "days = 0\n",
                                "eu.tfvars",
                                "zones = true\n"))
                .containsExactly(
                        "DATABASE books [] 3:1 deletionProtected=false 3:1, backupDays=0 1:8, isPublic=false 3:1");
    }

    @Test
    void json_says_the_same() {
        assertThat(
                        facts(
                                "main.tf.json",
                                """
                                {"resource": {"aws_kms_key": {"ledger": {
                                   "deletion_window_in_days": 7}}},
                                 "provider": {"aws": {}}}
                                """))
                .containsExactly("KEY ledger [] 1:31 waitDays=7 2:31");
    }

    @Test
    void each_source_that_a_rule_lets_in_is_a_rule() {
        assertThat(
                        facts(
                                "net.tf",
                                """
                                resource "aws_security_group" "fix" {
                                  ingress {
                                    from_port = 9878
                                    to_port = 9880
                                    protocol = "tcp"
                                    cidr_blocks = ["10.0.0.0/8",
                                      "0.0.0.0/0"]
                                  }
                                  egress {
                                    from_port = 0
                                    to_port = 0
                                    protocol = "-1"
                                    cidr_blocks = ["0.0.0.0/0"]
                                  }
                                }
                                resource "google_compute_firewall" "ssh" {
                                  allow {
                                    protocol = "tcp"
                                    ports    = ["22", "80-81"]
                                  }
                                  source_ranges = ["0.0.0.0/0"]
                                }
                                """))
                .containsExactly(
                        "FIREWALL fix [] 1:1 source=10.0.0.0/8 6:20, ports=9878-9880 1:1",
                        "FIREWALL fix [] 1:1 source=0.0.0.0/0 7:7, ports=9878-9880 1:1",
                        "FIREWALL ssh [] 16:1 source=0.0.0.0/0 21:20, ports=22,80-81 16:1");
    }

    @Test
    void who_may_do_everything_is_told_from_documents_objects_and_text() {
        assertThat(
                        facts(
                                "iam.tf",
                                """
                                data "aws_iam_policy_document" "all" {
                                  statement {
                                    actions   = ["s3:Get*", "*"]
                                    resources = ["*"]
                                  }
                                }
                                resource "aws_iam_policy" "some" {
                                  policy = jsonencode({ Statement = [{ Effect = "Allow", Action = "s3:*", Resource = "*" }] })
                                }
                                resource "aws_iam_role_policy" "text" {
                                  policy = <<-EOF
                                    {"Statement": [{"Effect": "Allow", "Action": "*", "Resource": "*"}]}
                                  EOF
                                }
                                """))
                .containsExactly(
                        "IDENTITY all [] 1:1 may=everything 3:29",
                        "IDENTITY text [] 10:1 may=everything 11:12");
    }

    @Test
    void a_bucket_is_versioned_by_a_resource_of_its_own() {
        assertThat(
                        facts(
                                "s3.tf",
                                """
                                resource "aws_s3_bucket" "audit" { bucket = "audit" }
                                resource "aws_s3_bucket" "audit_logs" { bucket = "logs" }
                                resource "aws_s3_bucket_versioning" "audit" {
                                  bucket = aws_s3_bucket.audit_logs.id
                                  versioning_configuration {
                                    status = "Enabled"
                                  }
                                }
                                """))
                .containsExactly(
                        "BUCKET audit [audit] 1:1 isVersioned=false 1:1",
                        "BUCKET audit_logs [logs] 2:1 isVersioned=true 6:14");
    }

    @Test
    void what_is_not_asked_for_is_passed_over_however_it_is_written() {
        assertThat(
                        facts(
                                "main.tf",
                                """
                                locals {
                                  keys = {
                                    (local.a) = [{ x = 1 }]
                                  }
                                  made = { # comment
                                    for k, v in local.keys : "${k}_${replace(v, ".", "}")}" => { a = v }
                                  }
                                  both = (local.a ==
                                    "b") && !contains(["c"], local.d)
                                    ? 1
                                    : 2
                                }
                                resource "aws_kms_key" "a" { deletion_window_in_days = 7 } /* one
                                line */
                                """))
                .containsExactly("KEY a [] 13:1 waitDays=7 13:56");
    }

    @Test
    void a_block_that_is_broken_is_a_problem_with_its_place_and_the_others_are_read() {
        var survey =
                TestingSurvey.of(
                        "main.tf",
                        """
                        resource "aws_kms_key" "a" {
                          deletion_window_in_days = (7
                        }
                        resource "aws_kms_key" "b" {
                        resource "aws_kms_key" "c" {
                          deletion_window_in_days = 30
                        }
                        """);

        assertThat(survey.problems())
                .extracting(one -> one.place() + " " + one.message())
                .containsExactly(
                        "main.tf:2:29 the value has no end, or is none",
                        "main.tf:4:1 the block has no end; add its }");
        assertThat(told(survey)).containsExactly("KEY c [] 5:1 waitDays=30 6:29");
    }

    @Test
    void names_that_stand_for_each_other_end() {
        assertThat(
                        facts(
                                "main.tf",
                                """
                                locals {
                                  a = "${local.b}${local.b}${local.b}"
                                  b = "${local.a}${local.a}${local.a}"
                                }
                                resource "aws_kms_key" "a" { deletion_window_in_days = local.a }
                                module "me" { source = "./" }
                                """))
                .isEmpty();
    }

    private static List<String> facts(String... files) {
        var survey = TestingSurvey.of(files);
        assertThat(survey.problems()).isEmpty();
        return told(survey);
    }

    static List<String> told(Survey survey) {
        return survey.all(CloudResource.class).stream()
                .map(
                        one ->
                                "%s %s %s %d:%d %s"
                                        .formatted(
                                                one.kind(),
                                                one.name(),
                                                one.titles(),
                                                one.place().line(),
                                                one.place().column(),
                                                String.join(
                                                        ", ",
                                                        one.settings().stream()
                                                                .map(
                                                                        it ->
                                                                                "%s=%s %d:%d"
                                                                                        .formatted(
                                                                                                it
                                                                                                        .name(),
                                                                                                it.value()
                                                                                                        .value(),
                                                                                                it.value()
                                                                                                        .place()
                                                                                                        .line(),
                                                                                                it.value()
                                                                                                        .place()
                                                                                                        .column()))
                                                                .toList())))
                .toList();
    }
}
