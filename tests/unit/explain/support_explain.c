// In: files by text, or a folder. Out: explanations.
#include "explain/support_explain.h"

#include "python/python.h"
#include "rule/load.h"

static const char RULES[] =
    "version: 1\n"
    "pack: test\n"
    "context:\n"
    "  parameter: context\n"
    "  type: iso.Context\n"
    "  dimensions: [tenant]\n"
    "  ambient: iso.current\n"
    "  accessor_decorator: iso.accessor\n"
    "  ambient_instance: iso.stand_in\n"
    "sinks:\n"
    "  - { id: config, family: config_system, symbol: app.config.cfg,\n"
    "      replace: \"iso.get_cfg({context})\" }\n"
    "  - { id: message, family: isolation_context, construct: app.message.Message }\n"
    "singletons: { find: true, keyed_by: [tenant] }\n"
    "carriers:\n"
    "  - { class: app.message.Message, expression: \"{value}.context\" }\n"
    "boundaries:\n"
    "  - { id: inbound, function: app.main.on_message, origin: message,\n"
    "      create: \"iso.make({parameter:raw})\" }\n"
    "  - { id: timer, function: app.main.tick, origin: background }\n"
    "public_api: [app.api.*]\n";

static void solve(Tree *tree) {
    facts_extract(&tree->sources, &language_python, NULL, 1, &tree->facts, &tree->diagnostics);
    language_python.resolve(&tree->facts, NULL, NULL);
    program_build(&tree->program, &tree->facts, &tree->rules);
    solve_context(&tree->program, &(SolveOptions){0}, &tree->solution, &tree->diagnostics);
    diagnostics_sort(&tree->diagnostics, &tree->sources);
}

void tree_open(Tree *tree, const TreeFile *files, uint32_t count) {
    *tree = (Tree){.explanation = {.answer = ANSWER_SUBJECTS}};
    for (uint32_t i = 0; i < count; i++)
        sources_add_memory(&tree->sources, str_from(files[i].path), str_from(files[i].text),
                           &tree->diagnostics);
    bool good = rules_load_text(&tree->sources, STR("rules.yml"), str_from(RULES), &tree->rules,
                                &tree->diagnostics);
    if (!good) diagnostics_render(&tree->diagnostics, &tree->sources, SEVERITY_NOTE, false, stderr);
    assert_true(good);
    solve(tree);
    assert_int_equal(tree->facts.modules.count, count + 1);
}

void tree_open_folder(Tree *tree, const char *folder) {
    *tree = (Tree){.explanation = {.answer = ANSWER_SUBJECTS}};
    SourceOptions options = {
        .root = str_from(folder), .accepts = python_accepts, .threads = 1};
    assert_true(sources_load(&options, &tree->sources, &tree->diagnostics));
    RuleOptions rule_options = {.root = tree->sources.root};
    assert_true(
        rules_load(&rule_options, &tree->sources, &tree->rules, &tree->diagnostics));
    solve(tree);
}

void tree_close(Tree *tree) {
    explain_release(&tree->explanation);
    solution_release(&tree->solution);
    rules_release(&tree->rules);
    program_release(&tree->program);
    facts_release(&tree->facts);
    diagnostics_release(&tree->diagnostics);
    sources_release(&tree->sources);
    arena_release(&tree->arena);
}

bool tree_explain(Tree *tree, const char *query) {
    ExplainInput input = {&tree->sources, &tree->program, &tree->solution, &tree->diagnostics};
    explain_release(&tree->explanation);
    return explain_build(&input, str_from(query), &tree->diagnostics, &tree->explanation);
}

const Subject *tree_subject(Tree *tree, const char *query) {
    assert_true(tree_explain(tree, query));
    assert_int_equal(tree->explanation.answer, ANSWER_SUBJECTS);
    assert_int_equal(tree->explanation.subjects.count, 1);
    return &tree->explanation.subjects.items[0];
}

Str tree_text(Tree *tree, const char *query) {
    assert_true(tree_explain(tree, query));
    char *bytes = NULL;
    size_t length = 0;
    FILE *out = open_memstream(&bytes, &length);
    explain_write_text(&tree->explanation, false, out);
    fclose(out);
    Str text = arena_copy(&tree->arena, (Str){bytes, length});
    free(bytes);
    return text;
}

Str tree_chain(Tree *tree, const Subject *subject, uint32_t origin) {
    StrBuf text = {0};
    for (uint32_t i = 0; i < subject->chains.count; i++) {
        const ExplainChain *chain = &subject->chains.items[i];
        if (chain->origin != origin) continue;
        for (uint32_t k = 0; k < chain->steps.count; k++) {
            const ExplainStep *step = &chain->steps.items[k];
            strbuf_addf(&text, "%s %.*s %.*s:%u\n", step_word(step->kind), STR_ARG(step->brief),
                        STR_ARG(step->place.path), step->place.at.line);
        }
    }
    Str copy = arena_copy(&tree->arena, strbuf_str(&text));
    strbuf_release(&text);
    return copy;
}
