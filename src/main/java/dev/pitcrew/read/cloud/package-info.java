/// Files that describe what a desk rents from a cloud in, a [dev.pitcrew.model.infra.CloudResource] for each thing out, whoever's format it is.
///
/// [HclParser] reads Terraform's own language, [TerraformJson] the same as JSON; [TerraformFormat] follows variables and the modules of the tree; [CloudTypes] says what the attributes of each
/// type mean in words that hold for every cloud. Read [TerraformFormat] first.
@NullMarked
package dev.pitcrew.read.cloud;

import org.jspecify.annotations.NullMarked;
