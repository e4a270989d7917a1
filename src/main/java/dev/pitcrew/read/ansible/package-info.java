/// Playbooks, roles and inventories of Ansible in, [dev.pitcrew.model.infra.HostPlay] and [dev.pitcrew.model.infra.HostGroup] out. What Jinja fills in stands as it is written. Read
/// [PlaybookFormat] first.
@NullMarked
package dev.pitcrew.read.ansible;

import org.jspecify.annotations.NullMarked;
