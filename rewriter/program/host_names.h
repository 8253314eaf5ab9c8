// Names of singletons that a migrated host has no longer, or only to count who still uses them.
#ifndef WEFT_PROGRAM_HOST_NAMES_H
#define WEFT_PROGRAM_HOST_NAMES_H

#include "program/program.h"

// For a plugin that is read with its host: adds a rule to RULES, those of PROGRAM, for each such name that the plugin
// mentions, so that what it reads under that name becomes a call of the accessor. Rules of singletons that the host has
// carried out become such rules, too. Without a host nothing is added.
void host_names_follow(const Program *program, Rules *rules);

#endif
