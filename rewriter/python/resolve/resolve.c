// The order of resolution. Each step fills its part of the facts and reads only what came before.
#include "python/resolve/resolve.h"

#include "base/bug.h"
#include "python/resolve/resolver.h"

static void intern_known(Resolver *resolver) {
    Interner *names = resolver->facts->names;
#define KNOWN_NAME(field, text) resolver->known.field = intern(names, STR(text));
#include "python/resolve/known_names.def"
#undef KNOWN_NAME
}

static void resolver_release(Resolver *resolver) {
    types_release(&resolver->types);
    map_release(&resolver->modules);
    map_release(&resolver->packages);
    map_release(&resolver->attribute_variables);
    map_release(&resolver->annotated_values);
    map_release(&resolver->open_methods);
    parameter_index_release(&resolver->parameters);
    vec_release(&resolver->narrowings);
    narrow_index_close(&resolver->narrow_index);
    vec_release(&resolver->roots);
    stars_release(&resolver->stars);
    for (uint32_t i = 0; i < resolver->variables.count; i++)
        vec_release(&resolver->variables.items[i].readers);
    vec_release(&resolver->variables);
    vec_release(&resolver->equations);
    vec_release(&resolver->queue);
    memo_release(&resolver->memo);
    free(resolver->generic_memo);
}

void python_resolve(Facts *facts, void (*declare)(void *data), void *data) {
    Resolver resolver = {.facts = facts};
    types_init(&resolver.types);
    parameter_index_build(&resolver.parameters, facts);
    intern_known(&resolver);
    resolve_modules(&resolver);
    resolve_names(&resolver);
    resolve_imports(&resolver);
    resolve_overloads(&resolver);
    if (declare) declare(data);
    resolve_classes(&resolver);
    resolve_open_methods(&resolver);
    resolve_narrowings(&resolver);
    resolve_member_names(&resolver);
    resolve_values(&resolver);
    resolve_calls(&resolver);
    resolve_keeping(&resolver);
    resolve_touching(&resolver);
    resolve_hops(&resolver);
    resolve_references(&resolver);
    resolve_replacements(&resolver);
    resolve_captures(&resolver);
    resolve_families(&resolver);
    resolve_idioms(&resolver);
    resolve_signatures(&resolver);
    resolve_waits(&resolver);
    resolve_special(&resolver);
    resolve_special_handed(&resolver);
    resolver_release(&resolver);
}
