// Import cycles. In: the imports of all modules before and after. Out: E505 for an import that was
// added and closes a circle which was not there.
#include "edit/check_internal.h"
#include "edit/import_cycle.h"

void check_cycles(Check *check) {
    ImportCycles cycles;
    import_cycles_find(&check->pairs, &cycles);
    for (uint32_t i = 0; i < cycles.list.count; i++) {
        const ImportCycle *cycle = &cycles.list.items[i];
        check_report(check, DIAGNOSTIC_E505, BLAME_NEAREST,
                     check_file_of_pair(check, cycle->module), cycle->offset, "the rewrite would make an import cycle: %.*s",
                     STR_ARG(cycle->text));
    }
    import_cycles_release(&cycles);
}
