// `weft rules upgrade`: what to rename and remove in a pack so that it fits a new version of its program.
#ifndef WEFT_CLI_RULES_UPGRADE_H
#define WEFT_CLI_RULES_UPGRADE_H

#include "cli/rules_options.h"

// The command. Writes nothing without --write. Returns its exit status.
int rules_upgrade(const RulesOptions *options);

#endif
