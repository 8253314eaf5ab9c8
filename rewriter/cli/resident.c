// What stays between runs. In: a run that begins or ends. Out: digests and facts of files that are as they were.
#include "cli/resident.h"

#include "source/source_digest.h"

void resident_open(Resident *resident) { *resident = (Resident){.facts = facts_store_new()}; }

void resident_close(Resident *resident) {
    facts_store_free(resident->facts);
    sources_release(&resident->before);
    *resident = (Resident){0};
}

void resident_begin(Resident *resident, Sources *sources) {
    facts_store_turn(resident->facts);
    sources->facts = resident->facts;
    sources_digest(sources, resident->before.files.count > 0 ? &resident->before : NULL);
}

void resident_end(Resident *resident, Sources *sources) {
    sources_release(&resident->before);
    resident->before = *sources;
    *sources = (Sources){0};
}
