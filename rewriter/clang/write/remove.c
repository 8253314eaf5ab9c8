// Parameters and arguments that go. In: one of a list. Out: edits, which take its comma along: f(a, b) -> f(a). What was
// behind it stands where it stood; a list of parameters that is empty then says so.
#include "clang/write/write.h"

// Element START..END of the list between OPEN and CLOSE. BEFORE: offset of the comma before it, COMMA: of the one behind
// it; 0: there is none.
typedef struct Element {
    ModuleId module;
    uint32_t open, close, start, end, before, comma;
} Element;

static bool is_white(char c) {
    return c == ' ' || c == '\t' || c == '\n' || c == '\r';
}

static void remove_element(const Facts *facts, const Element *element, Str nothing, TextEdits *out) {
    FileId file = facts_module_file(facts, element->module);
    Str text = source_file(facts->sources, file)->text;
    TextEdit edit = {file, element->start, element->end, STR_NONE};
    if (element->comma) {
        edit.end = element->comma + 1;
        while (edit.end < element->close && is_white(text.data[edit.end])) edit.end++;
    } else if (element->before) {
        edit.start = element->before;
    } else {
        edit.start = element->open + 1;
        edit.end = element->close;
        edit.text = nothing;
    }
    vec_add(&out->list, edit);
}

void remove_parameter(const Facts *facts, ParameterId id, TextEdits *out) {
    const ParameterFact *parameter = facts_parameter(facts, id);
    const FunctionFact *function = facts_function(facts, parameter->function);
    uint32_t place = id.index - function->first_parameter;
    Element element = {function->module, function->open, function->close, parameter->start, parameter->end, 0,
                       parameter->comma};
    if (place > 0) element.before = facts->parameters.items[id.index - 1].comma;
    remove_element(facts, &element, STR("void"), out);
    attribute_move(facts, parameter->function, place, -1, out);
}

void remove_argument(const Facts *facts, ArgumentId id, TextEdits *out) {
    const ArgumentFact *argument = &facts->arguments.items[id.index];
    const CallFact *call = facts_call(facts, argument->call);
    Element element = {call->module, call->open, call->close, argument->start, argument->end, 0, argument->comma};
    if (id.index > call->first_argument) element.before = facts->arguments.items[id.index - 1].comma;
    remove_element(facts, &element, STR_NONE, out);
}
