// In: two resolved trees. Out: their faults, found by the same code as the post-check of a plan, and
// which of the second tree are new. Looks at nothing but the trees.
#include "verify/finding.h"

#include "base/message.h"
#include "base/bug.h"
#include "edit/call_fit.h"
#include "edit/import_cycle.h"
#include "edit/import_name.h"
#include "edit/unbound.h"
#include "verify/finding_internal.h"

const char *finding_kind_name(FindingKind kind) {
    static const char *const NAMES[FINDING_KIND_COUNT] = {
        [FINDING_SYNTAX] = "syntax",         [FINDING_CALL] = "calls",
        [FINDING_UNBOUND] = "unbound_names", [FINDING_IMPORT] = "missing_imports",
        [FINDING_CYCLE] = "import_cycles",
    };
    return NAMES[kind];
}

DiagnosticCode finding_code(FindingKind kind) {
    static const DiagnosticCode CODES[FINDING_KIND_COUNT] = {
        [FINDING_SYNTAX] = DIAGNOSTIC_E801,  [FINDING_CALL] = DIAGNOSTIC_E802,
        [FINDING_UNBOUND] = DIAGNOSTIC_E803, [FINDING_IMPORT] = DIAGNOSTIC_E804,
        [FINDING_CYCLE] = DIAGNOSTIC_E805,
    };
    return CODES[kind];
}

static Finding *add(Findings *findings, const Sources *sources, FindingKind kind, Span span) {
    const SourceFile *file = source_file(sources, span.file);
    Finding *finding = vec_push(&findings->list);
    *finding = (Finding){.kind = kind, .span = span, .path = file->path};
    if (file->state == SOURCE_READ || file->state == SOURCE_UNPARSABLE) {
        finding->at = source_line_column(file, span.start);
        finding->line = str_trim(source_line(file, finding->at.line));
    }
    findings->count[kind]++;
    return finding;
}

// ---- syntax --------------------------------------------------------------------------------------
static void find_syntax(const VerifyTree *tree, Findings *findings) {
    for (uint32_t i = 0; i < tree->diagnostics->list.count; i++) {
        const Diagnostic *said = &tree->diagnostics->list.items[i];
        bool of_file = said->code == DIAGNOSTIC_E101 || said->code == DIAGNOSTIC_E102 ||
                       said->code == DIAGNOSTIC_E104 || said->code == DIAGNOSTIC_W106;
        if (!of_file || said->span.file.index == 0) continue;
        Finding *finding = add(findings, tree->sources, FINDING_SYNTAX, said->span);
        finding->line = STR_NONE; // broken before at another place is broken before
        finding->message = said->message;
        finding->key = finding->path;
    }
}

// ---- calls ---------------------------------------------------------------------------------------
static bool is_judged(const Facts *facts, const EdgeFact *edge) {
    if ((edge->kind != EDGE_CALL && edge->kind != EDGE_CONSTRUCT) ||
        edge->mixed || edge->bound)
        return false;
    if (edge->evidence == EVIDENCE_UNIQUE_NAME || !fact_is(edge->call)) return false;
    if (edge->kind == EDGE_CONSTRUCT) {
        const ClassFact *klass = facts_class(facts, edge->klass);
        bool generated = klass->flags & (CLASS_DATA | CLASS_ENUM | CLASS_TUPLE | CLASS_TYPED_DICT |
                                         CLASS_METACLASS);
        if (generated || fact_is(klass->creator)) return false;
        return fact_is(klass->constructor) || call_class_is_plain(klass);
    }
    return fact_is(edge->callee);
}

static FunctionId callee_of(const Facts *facts, const EdgeFact *edge) {
    return edge->kind == EDGE_CALL ? edge->callee
                                   : facts_class(facts, edge->klass)->constructor;
}

// What a decorator makes of a function, and what its other declarations accept, cannot be seen.
static bool has_seen_signature(const Facts *facts, FunctionId callee) {
    if (!fact_is(callee)) return true;
    uint32_t hidden = FUNCTION_WRAPPED | FUNCTION_OVERLOAD | FUNCTION_CONTEXT_MANAGER;
    uint32_t flags = facts_function(facts, callee)->flags;
    return !(flags & hidden) || (flags & FUNCTION_CONTEXT_MANAGER && !(flags & FUNCTION_WRAPPED));
}

static void add_call_fault(const VerifyTree *tree, const EdgeFact *edge, const CallFault *fault,
                           Findings *findings) {
    const Facts *facts = tree->program->facts;
    const CallFact *call = facts_call(facts, edge->call);
    const ExprFact *name = facts_expr(facts, call->callee);
    FunctionId callee = callee_of(facts, edge);
    const char *target = fact_is(callee) ? "function" : "class";
    Str what = call_fault_text(&findings->arena, fault, target);
    Str owner = edge->kind == EDGE_CONSTRUCT
                    ? facts_name(facts, facts_class(facts, edge->klass)->qualified)
                    : facts_name(facts, facts_function(facts, callee)->qualified);
    Span span = {facts_module_file(facts, call->module), name->start, call->close + 1};
    Finding *finding = add(findings, tree->sources, FINDING_CALL, span);
    finding->message = message_format(
        &findings->arena, "the call of '%.*s' %.*s",
        STR_ARG(facts_text(facts, call->module, name->start, name->end)), STR_ARG(what));
    finding->key = arena_format(&findings->arena, "%.*s %.*s", STR_ARG(owner), STR_ARG(what));
}

static void find_calls(const VerifyTree *tree, Findings *findings) {
    for (uint32_t i = 1; i < tree->program->facts->edges.count; i++) {
        const EdgeFact *edge = &tree->program->facts->edges.items[i];
        if (!is_judged(tree->program->facts, edge)) continue;
        FunctionId callee = callee_of(tree->program->facts, edge);
        if (!has_seen_signature(tree->program->facts, callee)) continue;
        CallFaults faults = {0};
        call_find_faults(tree->program->facts, edge->call, tree->program->facts, callee,
                         call_receivers(tree->program->facts, edge), &faults);
        for (uint32_t k = 0; k < faults.list.count; k++)
            add_call_fault(tree, edge, &faults.list.items[k], findings);
        call_faults_release(&faults);
    }
}

// ---- names ---------------------------------------------------------------------------------------
static void find_unbound(const VerifyTree *tree, const ModuleRows *rows,
                         Findings *findings) {
    const Facts *facts = tree->program->facts;
    UnboundNames names = {0};
    for (uint32_t i = 1; i < facts->modules.count; i++)
        unbound_find(facts, (ModuleId){i}, &rows[i], &names);
    for (uint32_t i = 0; i < names.list.count; i++) {
        const Unbound *unbound = &names.list.items[i];
        Str name = facts_name(facts, facts_expr(facts, unbound->expr)->name);
        Finding *finding = add(findings, tree->sources, FINDING_UNBOUND,
                               facts_expr_span(facts, unbound->expr));
        finding->message =
            message_format(&findings->arena, "'%.*s' is read, but %s", STR_ARG(name),
                         unbound_reason(unbound->kind));
        finding->key = finding->message;
    }
    unbound_release(&names);
}

// ---- imports -------------------------------------------------------------------------------------
// The module is a file of this tree that cannot be parsed: what it has is unknown.
static bool is_unread(const VerifyTree *tree, const ModulePair *module) {
    const ModuleSide *other = module->before.facts != NULL ? &module->before : &module->after;
    FileId file = facts_module_file(other->facts, other->module);
    return sources_find(tree->sources, source_file(other->facts->sources, file)->path).index != 0;
}

static void add_import(const VerifyTree *tree, const ModulePair *target, const ImportFact *import_,
                       bool module_is_there, Findings *findings) {
    const Facts *facts = tree->program->facts;
    Span span = {facts_module_file(facts, import_->module), import_->start, import_->end};
    Finding *finding = add(findings, tree->sources, FINDING_IMPORT, span);
    if (!module_is_there)
        finding->message =
            message_format(&findings->arena, "'%.*s' is imported, but the tree has it no longer",
                         STR_ARG(target->name));
    else
        finding->message = message_format(
            &findings->arena, "'%.*s' is imported from '%.*s', which does not define it",
            STR_ARG(facts_name(facts, import_->name)), STR_ARG(target->name));
    finding->key = finding->message;
}

static void find_imports(const VerifyTree *tree, const ModulePairs *pairs, bool after,
                         Findings *findings) {
    for (uint32_t i = 1; i < pairs->list.count; i++) {
        const ModuleSide *side = module_pair_side(&pairs->list.items[i], after);
        if (side->facts != tree->program->facts) continue; // not there, or excluded
        for (uint32_t k = side->imports.first; k < side->imports.end; k++) {
            const ImportFact *import_ = &side->facts->imports.items[k];
            uint32_t index;
            if (!import_is_missing(pairs, i, import_, after, &index)) continue;
            const ModulePair *target = &pairs->list.items[index];
            bool is_there = module_pair_side(target, after)->facts != NULL;
            // A tree need not have what only the other one has, unless it imports it outright.
            if (!is_there && (import_->guarded || is_unread(tree, target))) continue;
            add_import(tree, target, import_, is_there, findings);
        }
    }
}

static void find_cycles(const VerifyTree *tree, const ModulePairs *pairs, Findings *findings) {
    ImportCycles cycles;
    import_cycles_find(pairs, &cycles);
    for (uint32_t i = 0; i < cycles.list.count; i++) {
        const ImportCycle *cycle = &cycles.list.items[i];
        const ModuleSide *side = &pairs->list.items[cycle->module].after;
        Span span = {facts_module_file(side->facts, side->module), cycle->offset, cycle->offset};
        Finding *finding = add(findings, tree->sources, FINDING_CYCLE, span);
        finding->message =
            message_format(&findings->arena, "the imports make a circle that was not there: %.*s",
                         STR_ARG(cycle->text));
        finding->key = finding->message;
    }
    import_cycles_release(&cycles);
}

// ---- what rules exclude --------------------------------------------------------------------------
// Files that are left alone, such as the runtime that a pack brings, are not judged; but others import
// from them. Each is read by itself.
typedef struct Excluded {
    FileId file;
    bool parsed;
    Facts facts; // its module is row 1; not resolved
} Excluded;

typedef Vec(Excluded) ExcludedFiles;

static ExcludedFiles read_excluded(const VerifyTree *tree, const Languages *languages) {
    ExcludedFiles list = {0};
    for (uint32_t i = 1; i < tree->sources->files.count; i++) {
        const SourceFile *file = &tree->sources->files.items[i];
        if (file->auxiliary && file->state == SOURCE_READ && languages_find(languages, file->path))
            vec_add(&list, (Excluded){.file = {i}});
    }
    for (uint32_t i = 0; i < list.count; i++) {
        Diagnostics unseen = {0};
        Excluded *excluded = &list.items[i];
        Str path = source_file(tree->sources, excluded->file)->path;
        excluded->parsed =
            facts_extract_file(languages_find(languages, path), tree->sources, excluded->file, NULL,
                               &excluded->facts, &unseen);
        diagnostics_release(&unseen);
    }
    return list;
}

static ModuleSide excluded_side(const ExcludedFiles *list, uint32_t index) {
    return module_side(&list->items[index].facts, (ModuleId){1}, NULL);
}

static Str excluded_path(const Excluded *file) {
    return source_file(file->facts.sources, file->file)->path;
}

// Either list may be empty.
static void pair_excluded(const ExcludedFiles *before, const ExcludedFiles *after,
                          ModulePairs *pairs) {
    for (uint32_t i = 0; i < after->count; i++) {
        ModuleSide old = {0};
        if (!after->items[i].parsed) continue;
        for (uint32_t k = 0; k < before->count; k++)
            if (before->items[k].parsed &&
                str_equal(excluded_path(&before->items[k]), excluded_path(&after->items[i])))
                old = excluded_side(before, k);
        module_pairs_add(pairs, old, excluded_side(after, i), false);
    }
}

static void release_excluded(ExcludedFiles *list) {
    for (uint32_t i = 0; i < list->count; i++) facts_release(&list->items[i].facts);
    vec_release(list);
}

// ---- both trees ----------------------------------------------------------------------------------
static ModuleId module_of_path(const VerifyTree *tree, const ModuleId *module_of_file, Str path) {
    return module_of_file[sources_find(tree->sources, path).index];
}

static ModuleId *index_files(const VerifyTree *tree) {
    ModuleId *modules = memory_alloc_zeroed(tree->sources->files.count + 1, sizeof *modules);
    for (uint32_t i = 1; i < tree->program->facts->modules.count; i++)
        modules[tree->program->facts->modules.items[i].file.index] = (ModuleId){i};
    return modules;
}

static Str module_path(const VerifyTree *tree, uint32_t module) {
    return source_file(tree->sources, tree->program->facts->modules.items[module].file)->path;
}

static void pair_trees(const VerifyTree *before, const ModuleRows *rows_before,
                       const VerifyTree *after, const ModuleRows *rows_after, ModulePairs *pairs) {
    ModuleId *of_after = index_files(after), *of_before = index_files(before);
    for (uint32_t i = 1; i < before->program->facts->modules.count; i++) {
        ModuleId other = module_of_path(after, of_after, module_path(before, i));
        module_pairs_add(pairs, module_side(before->program->facts, (ModuleId){i}, rows_before),
                         module_side(after->program->facts, other, rows_after), fact_is(other));
    }
    for (uint32_t i = 1; i < after->program->facts->modules.count; i++)
        if (!fact_is(module_of_path(before, of_before, module_path(after, i))))
            module_pairs_add(pairs, (ModuleSide){0},
                             module_side(after->program->facts, (ModuleId){i}, rows_after), true);
    module_pairs_add_roots(pairs, before->program->facts);
    module_pairs_add_roots(pairs, after->program->facts);
    free(of_after);
    free(of_before);
}

static void find_in_tree(const VerifyTree *tree, const ModuleRows *rows,
                         const ModulePairs *pairs, bool after, Findings *findings) {
    find_syntax(tree, findings);
    find_calls(tree, findings);
    find_unbound(tree, rows, findings);
    find_imports(tree, pairs, after, findings);
}

static void build_pair(const VerifyTree *before, const VerifyTree *after, const Languages *languages,
                       Findings *found_before, Findings *found_after) {
    ModuleRows *rows_before = module_rows_find(before->program->facts);
    ModuleRows *rows_after = module_rows_find(after->program->facts);
    ExcludedFiles excluded_before = read_excluded(before, languages);
    ExcludedFiles excluded_after = read_excluded(after, languages);
    ModulePairs pairs;
    module_pairs_init(&pairs);
    pair_trees(before, rows_before, after, rows_after, &pairs);
    pair_excluded(&excluded_before, &excluded_after, &pairs);
    find_in_tree(before, rows_before, &pairs, false, found_before);
    find_in_tree(after, rows_after, &pairs, true, found_after);
    find_cycles(after, &pairs, found_after);
    findings_compare(found_before, found_after);
    module_pairs_release(&pairs);
    release_excluded(&excluded_before);
    release_excluded(&excluded_after);
    free(rows_before);
    free(rows_after);
}

static void build_alone(const VerifyTree *tree, const Languages *languages, Findings *findings) {
    ModuleRows *rows = module_rows_find(tree->program->facts);
    ExcludedFiles none = {0}, excluded = read_excluded(tree, languages);
    ModulePairs pairs;
    module_pairs_init(&pairs);
    for (uint32_t i = 1; i < tree->program->facts->modules.count; i++)
        module_pairs_add(&pairs, (ModuleSide){0}, module_side(tree->program->facts, (ModuleId){i}, rows),
                         true);
    pair_excluded(&none, &excluded, &pairs);
    module_pairs_add_roots(&pairs, tree->program->facts);
    find_in_tree(tree, rows, &pairs, true, findings);
    module_pairs_release(&pairs);
    release_excluded(&excluded);
    free(rows);
}

void findings_build(const VerifyTree *before, const VerifyTree *after, const Languages *languages,
                    Findings *found_before, Findings *found_after) {
    *found_before = *found_after = (Findings){0};
    if (before != NULL)
        build_pair(before, after, languages, found_before, found_after);
    else
        build_alone(after, languages, found_after);
    findings_sort(found_before);
    findings_sort(found_after);
}

void findings_release(Findings *findings) {
    vec_release(&findings->list);
    arena_release(&findings->arena);
}
