// Plain copies of the files that a run will change.
#ifndef WEFT_APPLY_BACKUP_H
#define WEFT_APPLY_BACKUP_H

#include "apply/transaction.h"

// Copies them with their permissions below ApplyControl.backup, which must not be there yet and not be
// in the tree. True when none is asked for; false after E901.
bool backup_write(Transaction *transaction);

#endif
