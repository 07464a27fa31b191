package org.referralgateway.mapper;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.hl7.fhir.r4.model.CodeableConcept;
import org.hl7.fhir.r4.model.Coding;
import org.hl7.fhir.r4.model.Questionnaire;
import org.hl7.fhir.r4.model.Questionnaire.QuestionnaireItemComponent;
import org.hl7.fhir.r4.model.QuestionnaireResponse;
import org.hl7.fhir.r4.model.QuestionnaireResponse.QuestionnaireResponseItemAnswerComponent;
import org.hl7.fhir.r4.model.QuestionnaireResponse.QuestionnaireResponseItemComponent;
import org.hl7.fhir.r4.model.Reference;
import org.hl7.fhir.r4.model.Task;
import org.hl7.fhir.r4.model.Task.ParameterComponent;
import org.hl7.fhir.r4.model.Type;
import org.jspecify.annotations.Nullable;
import org.referralgateway.mapper.Referral.Answer;
import org.referralgateway.mapper.Referral.Code;
import org.referralgateway.mapper.Referral.Form;
import org.referralgateway.mapper.Referral.How;

/** Forms that were filled in: each answer with its question, and what the Task was given beside the request. */
final class FormMapping {

    private final Belongings belongings;
    private final Trace trace;
    private final List<Form> forms = new ArrayList<>();

    FormMapping(Belongings belongings, Trace trace) {
        this.belongings = belongings;
        this.trace = trace;
    }

    List<Form> forms() {
        for (var found : belongings.all(QuestionnaireResponse.class)) {
            if ("entered-in-error".equals(found.resource().getStatusElement().getValueAsString())) {
                trace.leftOut(found.path(), "It is marked as entered in error.");
            } else {
                forms.add(form(found));
            }
        }
        inputs();
        return forms;
    }

    private Form form(Found<QuestionnaireResponse> found) {
        var response = found.resource();
        var row = trace.row("forms[" + forms.size() + "]", found.path());
        var questionnaire = questionnaire(response, row);
        var title = questionnaire == null ? null : questionnaire.row().copied("title", "title", questionnaire.title());
        var answers = new Answers(row.field(), questionnaire == null ? Map.of() : questionnaire.questions());
        if (questionnaire != null && !questionnaire.questions().isEmpty()) {
            questionnaire.row().say("answers", "item", How.COPIED);
        }
        answers.items(response.getItem(), found.path());
        return new Form(
                title == null ? row.copied("title", "questionnaire", response.getQuestionnaire()) : title,
                row.copied("status", "status", response.getStatusElement().getValueAsString()),
                row.copied("authored", "authored", Periods.date(response.getAuthoredElement())),
                answers.rows);
    }

    /** The blank form, where it came along. */
    private record Blank(Row row, @Nullable String title, Map<String, String> questions) {}

    private @Nullable Blank questionnaire(QuestionnaireResponse response, Row row) {
        var canonical = response.getQuestionnaire();
        if (canonical == null) {
            return null;
        }
        var address = canonical.replaceFirst("\\|.*$", "");
        var local = belongings.resolve(response, new Reference(address), Questionnaire.class);
        var blank = local.or(() -> belongings.all(Questionnaire.class).stream()
                .filter(found -> address.equals(found.resource().getUrl()))
                .findFirst());
        return blank.map(found -> {
                    row.say("title", "questionnaire", How.COPIED);
                    var questions = new HashMap<String, String>();
                    questions(found.resource().getItem(), questions);
                    var title = found.resource().hasTitle()
                            ? found.resource().getTitle()
                            : found.resource().getName();
                    return new Blank(trace.row(row.field(), found.path()), title, questions);
                })
                .orElse(null);
    }

    private static void questions(List<QuestionnaireItemComponent> items, Map<String, String> into) {
        for (var item : items) {
            if (item.hasLinkId() && item.hasText()) {
                into.putIfAbsent(item.getLinkId(), item.getText());
            }
            questions(item.getItem(), into);
        }
    }

    /** The answers of one form, in the order of its questions. */
    private final class Answers {

        private final String field;
        private final Map<String, String> questions;
        private final List<Answer> rows = new ArrayList<>();

        Answers(String field, Map<String, String> questions) {
            this.field = field;
            this.questions = questions;
        }

        void items(List<QuestionnaireResponseItemComponent> items, String path) {
            for (int i = 0; i < items.size(); i++) {
                var item = items.get(i);
                var here = path + ".item[" + i + "]";
                for (int k = 0; k < item.getAnswer().size(); k++) {
                    answer(item, item.getAnswer().get(k), here + ".answer[" + k + "]");
                }
                items(item.getItem(), here);
            }
        }

        private void answer(
                QuestionnaireResponseItemComponent item, QuestionnaireResponseItemAnswerComponent answer, String here) {
            var question = item.hasText() ? item.getText() : questions.get(item.getLinkId());
            add(item.getLinkId(), question, answer.getValue(), here + ".value");
            items(answer.getItem(), here);
        }

        private void add(@Nullable String linkId, @Nullable String question, @Nullable Type value, String source) {
            var text = Values.text(value);
            if (text == null && value instanceof Reference reference) {
                text = reference.getReference();
            }
            if (text != null) {
                var plain = PlainText.of(text);
                var how = plain.equals(text) ? How.COPIED : How.COMPUTED;
                trace.add(field + ".answers[" + rows.size() + "]", source, how);
                rows.add(new Answer(linkId, question, plain, code(value)));
            }
        }
    }

    private static @Nullable Code code(@Nullable Type value) {
        return switch (value) {
            case Coding coding
            when coding.hasCode() -> new Code(coding.getSystem(), coding.getCode(), coding.getDisplay());
            case CodeableConcept concept ->
                Concepts.of(concept).codes().stream().findFirst().orElse(null);
            case null, default -> null;
        };
    }

    /** What the Task carries besides references to what is read by itself. */
    private void inputs() {
        for (var found : belongings.tasks()) {
            var field = "forms[" + forms.size() + "]";
            var answers = new Answers(field, Map.of());
            var inputs = found.resource().getInput();
            for (int i = 0; i < inputs.size(); i++) {
                input(found.resource(), answers, inputs.get(i), found.path() + ".input[" + i + "]");
            }
            if (!answers.rows.isEmpty()) {
                forms.add(new Form(null, null, null, answers.rows));
            }
        }
    }

    private void input(Task task, Answers answers, ParameterComponent input, String here) {
        boolean isReadByItself = input.getValue() instanceof Reference reference
                && belongings.resolve(task, reference).isPresent();
        if (!isReadByItself) {
            answers.add(null, Values.nonBlank(Concepts.of(input.getType()).label()), input.getValue(), here + ".value");
        }
    }
}
