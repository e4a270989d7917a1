terraform {
  required_version = ">= 1.10"
  backend "s3" {
    bucket = "desk-state"
    key    = "live.tfstate"
  }
}

provider "aws" { region = var.region }

variable "region" { default = "eu-west-1" }
variable "days" {
  type    = number
  default = 7
}

locals {
  name = "${var.region}-oms"
  tags = { Name = local.name, "team" = "desk" }
  all  = [for k, v in local.tags : upper(v) if k != "team"]
}

resource "aws_db_instance" "oms" {
  identifier              = local.name
  multi_az                = var.region == "eu-west-1" ? true : false
  backup_retention_period = var.days
  deletion_protection     = false # soon
  tags                    = merge(local.tags, { env = "live" })
}

resource "aws_security_group" "fix" {
  name = "fix"
  ingress {
    from_port   = 9878
    to_port     = 9878
    protocol    = "tcp"
    cidr_blocks = ["0.0.0.0/0", "10.0.0.0/8"]
  }
  dynamic "egress" {
    for_each = [443]
    content {
      from_port = egress.value
    }
  }
}

data "aws_iam_policy_document" "all" {
  statement {
    actions   = ["*"]
    resources = ["*"]
  }
}

resource "aws_iam_role_policy" "run" {
  policy = <<-EOF
    {"Statement": [{"Effect": "Allow", "Action": "*", "Resource": "*"}]}
  EOF
}

resource "aws_s3_bucket" "audit" { bucket = "audit-${local.name}" }
resource "aws_kms_key" "k" { deletion_window_in_days = 7 }

module "books" {
  source  = "../modules/books"
  protect = true
  count   = 1
}
