// In: all rules, when the last file is applied. Out: E413 where two of them say different things of one
// name: what one rewrites the other leaves, or both rewrite it in their own way. weft.yml has replaced what
// it declares itself before (override.c), so that what is left here is between packs, or within a file.
#include "rule/load_internal.h"

typedef enum ClaimKind {
    CLAIM_NAME,      // a sink: reading, calling, constructing a name
    CLAIM_ATTRIBUTE, // a sink
    CLAIM_PATH,      // a sink
    CLAIM_FUNCTION,  // a sink: the function takes the context
    CLAIM_BOUNDARY,  // the function makes it
    CLAIM_OVERRIDES, // the other kinds of boundaries
    CLAIM_DECORATED,
    CLAIM_FILE,
    CLAIM_CARRIER,
    CLAIM_NEVER_HOLD,
    CLAIM_PROCESS_WIDE,
    CLAIM_FORWARDER,
    CLAIM_COUNT
} ClaimKind;

// What one rule says of one name, or pattern of names.
typedef struct Claim {
    ClaimKind kind;
    RuleName name;
    uint32_t index; // into the table of its kind
} Claim;

typedef struct Claims {
    const Rules *rules;
    Vec(Claim) list;
} Claims;

// ---- what is claimed -----------------------------------------------------------------------------
static void add(Claims *claims, ClaimKind kind, RuleName name, uint32_t index) {
    if (name.span.file.index == 0) return; // known without rules
    vec_add(&claims->list, ((Claim){kind, name, index}));
}

static void add_sinks(Claims *claims) {
    for (uint32_t i = 0; i < claims->rules->sinks.count; i++) {
        const SinkRule *rule = &claims->rules->sinks.items[i];
        switch (rule->kind) {
        case SINK_SYMBOL:
        case SINK_CALL:
        case SINK_CONSTRUCT:
        case SINK_SINGLETON: add(claims, CLAIM_NAME, rule->target, i); break;
        case SINK_ATTRIBUTE: add(claims, CLAIM_ATTRIBUTE, rule->target, i); break;
        case SINK_PATH: add(claims, CLAIM_PATH, rule->target, i); break;
        case SINK_FUNCTION: add(claims, CLAIM_FUNCTION, rule->target, i); break;
        case SINK_QUERY: // asks for other things of a class than another one does
        case SINK_PATTERN: break;
        }
    }
}

static void add_boundaries(Claims *claims) {
    static const ClaimKind kinds[] = {[BOUNDARY_FUNCTION] = CLAIM_BOUNDARY,
                                      [BOUNDARY_OVERRIDES] = CLAIM_OVERRIDES,
                                      [BOUNDARY_DECORATED] = CLAIM_DECORATED,
                                      [BOUNDARY_FILE] = CLAIM_FILE};
    for (uint32_t i = 0; i < claims->rules->boundaries.count; i++) {
        const BoundaryRule *rule = &claims->rules->boundaries.items[i];
        for (uint32_t k = 0; k < rule->targets.count; k++)
            add(claims, kinds[rule->kind], rule->targets.items[k], i);
    }
}

static void add_names(Claims *claims, ClaimKind kind, const RuleNames *names) {
    for (uint32_t i = 0; i < names->count; i++) add(claims, kind, names->items[i], i);
}

static int compare_claims(const void *left, const void *right) {
    const Claim *a = left, *b = right;
    int order = str_compare(a->name.text, b->name.text);
    if (order != 0) return order;
    if (a->name.span.file.index != b->name.span.file.index)
        return a->name.span.file.index < b->name.span.file.index ? -1 : 1;
    return (a->name.span.start > b->name.span.start) - (a->name.span.start < b->name.span.start);
}

// By name, and under each name in the order of the files.
static void collect(Claims *claims) {
    const Rules *rules = claims->rules;
    add_sinks(claims);
    add_boundaries(claims);
    for (uint32_t i = 0; i < rules->carriers.count; i++)
        if (rules->carriers.items[i].klass.text.length) add(claims, CLAIM_CARRIER, rules->carriers.items[i].klass, i);
    for (uint32_t i = 0; i < rules->forwarders.count; i++)
        add(claims, CLAIM_FORWARDER, rules->forwarders.items[i].target, i);
    add_names(claims, CLAIM_NEVER_HOLD, &rules->never_hold);
    add_names(claims, CLAIM_PROCESS_WIDE, &rules->process_wide);
    if (claims->list.count > 0)
        qsort(claims->list.items, claims->list.count, sizeof *claims->list.items, compare_claims);
}

// ---- what contradicts what -----------------------------------------------------------------------
static bool differ_in_boundary(const Rules *rules, uint32_t a, uint32_t b) {
    const BoundaryRule *first = &rules->boundaries.items[a], *second = &rules->boundaries.items[b];
    return first->origin != second->origin || !str_equal(first->create, second->create);
}

static bool differ_in_carrier(const Rules *rules, uint32_t a, uint32_t b) {
    const CarrierRule *first = &rules->carriers.items[a], *second = &rules->carriers.items[b];
    return first->origin != second->origin || !str_equal(first->expression, second->expression);
}

static bool differ_in_forwarder(const Rules *rules, uint32_t a, uint32_t b) {
    const ForwarderRule *first = &rules->forwarders.items[a], *second = &rules->forwarders.items[b];
    return first->position != second->position || !str_equal(first->keyword, second->keyword) ||
           first->receiver != second->receiver || !str_equal(first->pass, second->pass) ||
           !str_equal(first->receive, second->receive);
}

// What the claim says, for a message: NULL when the two, of which it is one, agree.
static const char *says(const Rules *rules, const Claim *claim) {
    switch (claim->kind) {
    case CLAIM_NAME:
        switch (rules->sinks.items[claim->index].kind) {
        case SINK_SYMBOL: return "is read through 'replace'";
        case SINK_CONSTRUCT: return "holds a context";
        case SINK_SINGLETON: return "becomes an accessor";
        case SINK_CALL:
            return rules->sinks.items[claim->index].accessor ? "becomes an accessor"
                                                             : "is called through 'replace'";
        case SINK_QUERY:
        case SINK_FUNCTION:
        case SINK_PATTERN:
        case SINK_ATTRIBUTE:
        case SINK_PATH: break;
        }
        break;
    case CLAIM_ATTRIBUTE: return "is read through 'replace'";
    case CLAIM_PATH: return "is put elsewhere";
    case CLAIM_FUNCTION: return "takes a context";
    case CLAIM_BOUNDARY:
    case CLAIM_OVERRIDES:
    case CLAIM_DECORATED:
    case CLAIM_FILE: return "makes a context";
    case CLAIM_CARRIER:
        return rules->carriers.items[claim->index].makes ? "says how to make a context"
                                                         : "holds a context";
    case CLAIM_NEVER_HOLD: return "never holds a context";
    case CLAIM_PROCESS_WIDE: return "stays one per process";
    case CLAIM_FORWARDER: return "calls what it is given";
    case CLAIM_COUNT: break;
    }
    return "";
}

static bool contradict_same(const Rules *rules, const Claim *a, const Claim *b) {
    switch (a->kind) {
    case CLAIM_NAME:
    case CLAIM_ATTRIBUTE:
    case CLAIM_PATH:
    case CLAIM_FUNCTION: return true;
    case CLAIM_BOUNDARY:
    case CLAIM_OVERRIDES:
    case CLAIM_DECORATED:
    case CLAIM_FILE: return differ_in_boundary(rules, a->index, b->index);
    case CLAIM_CARRIER: return differ_in_carrier(rules, a->index, b->index);
    case CLAIM_FORWARDER: return differ_in_forwarder(rules, a->index, b->index);
    case CLAIM_NEVER_HOLD:
    case CLAIM_PROCESS_WIDE:
    case CLAIM_COUNT: break;
    }
    return false;
}

// A before B in the order of ClaimKind. A function that takes a context and makes one is no contradiction:
// what its body needs is made there.
static bool contradict_other(const Rules *rules, const Claim *a, const Claim *b) {
    SinkKind kind = a->kind == CLAIM_NAME ? rules->sinks.items[a->index].kind : SINK_QUERY;
    bool constructs = kind == SINK_CONSTRUCT;
    if (b->kind == CLAIM_BOUNDARY) return kind == SINK_CALL;
    if (b->kind == CLAIM_PROCESS_WIDE) return a->kind == CLAIM_NAME && !constructs;
    if (b->kind == CLAIM_NEVER_HOLD)
        return constructs || (a->kind == CLAIM_CARRIER && !rules->carriers.items[a->index].makes);
    return false;
}

static bool contradict(const Rules *rules, const Claim *a, const Claim *b) {
    if (a->kind == b->kind) return contradict_same(rules, a, b);
    return a->kind < b->kind ? contradict_other(rules, a, b) : contradict_other(rules, b, a);
}

static void report(Load *load, Mistakes *mistakes, const Claim *first, const Claim *second) {
    Str name = clipped(second->name.text);
    bool same = str_is(str_from(says(load->rules, first)), says(load->rules, second));
    if (!mistake_add(mistakes, DIAGNOSTIC_E413, second->name.span,
                     same ? "'%.*s' %s in two ways" : "'%.*s' %s, but another rule says otherwise",
                     STR_ARG(name), says(load->rules, second)))
        return;
    if (same)
        diagnostic_relate(load->diagnostics, first->name.span, "the other way is here");
    else
        diagnostic_relate(load->diagnostics, first->name.span, "it %s here",
                          says(load->rules, first));
    load_help_conflict(load, first->name.span, second->name.span);
}

void load_help_conflict(Load *load, Span first, Span second) {
    diagnostic_help(load->diagnostics,
                    first.file.index == second.file.index
                        ? "keep one of the two"
                        : "keep one of the two packs, or say in weft.yml what holds: it goes "
                          "before both");
}

void load_check_conflicts(Load *load) {
    Mistakes mistakes = {.diagnostics = load->diagnostics};
    Claims claims = {.rules = load->rules};
    collect(&claims);
    const Claim *earlier[CLAIM_COUNT] = {0}; // of the same name
    for (uint32_t i = 0; i < claims.list.count; i++) {
        const Claim *claim = &claims.list.items[i];
        if (i > 0 && !str_equal(claim->name.text, claims.list.items[i - 1].name.text))
            memset(earlier, 0, sizeof earlier);
        for (int kind = 0; kind < CLAIM_COUNT; kind++) {
            if (!earlier[kind] || !contradict(load->rules, earlier[kind], claim)) continue;
            report(load, &mistakes, earlier[kind], claim);
            break;
        }
        earlier[claim->kind] = claim;
    }
    vec_release(&claims.list);
}
