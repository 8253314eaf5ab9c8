// The ids of rows, one type a table, so that they are not mixed up; 0 means "none".
#ifndef WEFT_FACTS_IDS_H
#define WEFT_FACTS_IDS_H

#include <stdint.h>

#define FACT_ID(T)                                                                                 \
    typedef struct T {                                                                             \
        uint32_t index;                                                                            \
    } T
FACT_ID(ModuleId);
FACT_ID(ScopeId);
FACT_ID(SymbolId);
FACT_ID(BindingId);
FACT_ID(ExprId);
FACT_ID(StatementId);
FACT_ID(ImportId);
FACT_ID(ClassId);
FACT_ID(FunctionId);
FACT_ID(ParameterId);
FACT_ID(CallId);
FACT_ID(ArgumentId);
FACT_ID(MatchId);
FACT_ID(CaptureId);
FACT_ID(DirectiveId);
#define FACT_NONE(T) ((T){0})
#define fact_is(id) ((id).index != 0)
#define fact_same(a, b) ((a).index == (b).index)

#endif
