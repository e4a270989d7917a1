variable "protect" { default = false }
resource "google_sql_database_instance" "books" {
  name                = "books"
  deletion_protection = var.protect
  settings {
    availability_type = "ZONAL"
    backup_configuration { enabled = false }
    ip_configuration {
      authorized_networks { value = "0.0.0.0/0" }
    }
  }
}
/* the vault
   of keys */
resource "azurerm_key_vault" "vault" { name = "vault" }
resource "azurerm_network_security_rule" "ssh" {
  direction                  = "Inbound"
  access                     = "Allow"
  source_address_prefix      = "*"
  destination_port_ranges    = ["22", "3389-3390"]
}
