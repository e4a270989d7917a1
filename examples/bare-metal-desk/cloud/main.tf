terraform {
  required_version = ">= 1.10"

  backend "s3" {
    bucket = "desk-terraform-state"
    key    = "live/terraform.tfstate"
    region = "eu-west-2"
  }
}

provider "aws" {
  region = var.region
}

variable "region" {
  type    = string
  default = "eu-west-2"
}

resource "aws_kms_key" "backups" {
  description             = "what leaves the building is encrypted with it"
  deletion_window_in_days = 7
}

resource "aws_s3_bucket" "backups" {
  bucket = "desk-backups"
}

resource "aws_db_instance" "trades_copy" {
  identifier              = "trades-copy"
  engine                  = "postgres"
  instance_class          = "db.r6g.large"
  multi_az                = true
  backup_retention_period = 14
}

resource "aws_security_group" "fix_relay" {
  name = "fix-relay"

  ingress {
    description = "counterparty"
    from_port   = 9878
    to_port     = 9878
    protocol    = "tcp"
    cidr_blocks = ["0.0.0.0/0"]
  }
}
