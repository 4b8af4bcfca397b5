import java.io.FileDescriptor;
import java.io.FileInputStream;
import java.io.FileOutputStream;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.StringJoiner;
import org.javarosa.core.model.Constants;
import org.javarosa.core.model.CoreModelModule;
import org.javarosa.core.model.FormDef;
import org.javarosa.core.model.FormIndex;
import org.javarosa.core.model.QuestionDef;
import org.javarosa.core.model.SelectChoice;
import org.javarosa.core.model.data.IAnswerData;
import org.javarosa.core.model.data.MultipleItemsData;
import org.javarosa.core.model.data.SelectOneData;
import org.javarosa.core.model.data.helper.Selection;
import org.javarosa.core.model.instance.InstanceInitializationFactory;
import org.javarosa.core.model.instance.TreeElement;
import org.javarosa.core.model.instance.TreeReference;
import org.javarosa.core.services.PropertyManager;
import org.javarosa.core.services.PrototypeManager;
import org.javarosa.form.api.FormEntryController;
import org.javarosa.form.api.FormEntryModel;
import org.javarosa.form.api.FormEntryPrompt;
import org.javarosa.model.xform.XFormsModule;
import org.javarosa.xform.util.XFormAnswerDataParser;
import org.javarosa.xform.util.XFormAnswerDataSerializer;
import org.javarosa.xform.util.XFormUtils;
import org.opendatakit.validate.StubPropertyManager;

/** Plays events against JavaRosa and prints what every node looks like after each. */
public class Oracle {
    private static FormDef form;
    private static FormEntryController controller;

    private interface Visitor {
        /** True ends the walk. */
        boolean at(int event, FormIndex index);
    }

    /**
     * Arguments in threes: form, file of events, language or "-". Prints a line of JSON per state, a line with
     * "error" where a form stops, and "end" after each form.
     */
    public static void main(String[] arguments) throws Exception {
        PrintStream out = new PrintStream(new FileOutputStream(FileDescriptor.out), true, "UTF-8");
        System.setOut(System.err);
        PrototypeManager.registerPrototypes(CoreModelModule.classNames);
        new XFormsModule().registerModule();
        PropertyManager.setPropertyManager(new StubPropertyManager());
        for (int at = 0; at + 2 < arguments.length; at += 3) {
            try {
                play(arguments[at], arguments[at + 1], arguments[at + 2], out);
            } catch (Exception stopped) {
                String message = stopped.getClass().getSimpleName() + ": " + stopped.getMessage();
                out.println("{\"error\":" + quoted(message) + "}");
            }
            out.println("end");
        }
    }

    private static void play(String file, String events, String language, PrintStream out) throws Exception {
        form = XFormUtils.getFormFromInputStream(new FileInputStream(file));
        controller = new FormEntryController(new FormEntryModel(form));
        form.initialize(true, new InstanceInitializationFactory());
        if (!language.equals("-")) {
            controller.setLanguage(language);
        }
        showEveryQuestion();
        out.println(state(null));
        for (String line : Files.readAllLines(Path.of(events))) {
            String[] parts = line.split("\t", -1);
            String refused = null;
            switch (parts[0]) {
                case "set":
                    refused = set(parts[1], parts[2]);
                    break;
                case "add":
                    add(parts[1]);
                    break;
                case "remove":
                    remove(parts[1]);
                    break;
                case "language":
                    controller.setLanguage(parts[1]);
                    break;
                default:
                    throw new IllegalArgumentException(line);
            }
            showEveryQuestion();
            out.println(state(refused));
        }
    }

    private static TreeReference parse(String ref) {
        TreeReference found = TreeReference.rootRef();
        for (String step : ref.substring(1).split("/")) {
            int bracket = step.indexOf('[');
            int place = bracket < 0 ? 0 : Integer.parseInt(step.substring(bracket + 1, step.length() - 1)) - 1;
            found.add(bracket < 0 ? step : step.substring(0, bracket), place);
        }
        return found;
    }

    private static boolean walk(Visitor visitor) {
        controller.jumpToIndex(FormIndex.createBeginningOfFormIndex());
        int event;
        while ((event = controller.stepToNextEvent()) != FormEntryController.EVENT_END_OF_FORM) {
            if (visitor.at(event, controller.getModel().getFormIndex())) {
                return true;
            }
        }
        return false;
    }

    /** JavaRosa drops filtered-out values when a question is shown. */
    private static void showEveryQuestion() {
        walk((event, index) -> {
            if (event == FormEntryController.EVENT_QUESTION) {
                try {
                    FormEntryPrompt prompt = controller.getModel().getQuestionPrompt(index);
                    prompt.getSelectChoices();
                    prompt.getAnswerValue();
                } catch (RuntimeException unshowable) {
                    return false;
                }
            }
            return false;
        });
    }

    private static String set(String ref, String value) {
        TreeReference target = parse(ref);
        TreeElement node = form.getMainInstance().resolveReference(target);
        String[] refused = new String[1];
        boolean asked = walk((event, index) -> {
            if (event != FormEntryController.EVENT_QUESTION || !same(index.getReference(), target)) {
                return false;
            }
            QuestionDef question = controller.getModel().getQuestionPrompt(index).getQuestion();
            int outcome = controller.answerQuestion(index, data(value, node, question), true);
            if (outcome == FormEntryController.ANSWER_CONSTRAINT_VIOLATED) {
                refused[0] = "constraint";
            } else if (outcome == FormEntryController.ANSWER_REQUIRED_BUT_EMPTY) {
                refused[0] = "required";
            }
            return true;
        });
        if (!asked) {
            form.setValue(data(value, node, null), target, true);
        }
        return refused[0];
    }

    private static IAnswerData data(String value, TreeElement node, QuestionDef question) {
        if (value.isEmpty()) {
            return null;
        }
        int control = question == null ? Constants.CONTROL_UNTYPED : question.getControlType();
        if (control == Constants.CONTROL_SELECT_ONE) {
            return new SelectOneData(new Selection(value));
        }
        if (control == Constants.CONTROL_SELECT_MULTI || control == Constants.CONTROL_RANK) {
            List<Selection> chosen = new ArrayList<>();
            for (String one : value.split(" ")) {
                chosen.add(new Selection(one));
            }
            return new MultipleItemsData(chosen);
        }
        return XFormAnswerDataParser.getAnswerData(value, node.getDataType(), question);
    }

    private static void add(String ref) {
        TreeReference parent = parse(ref);
        parent.removeLastLevel();
        String name = ref.substring(ref.lastIndexOf('/') + 1);
        boolean done = walk((event, index) -> {
            TreeReference at = event == FormEntryController.EVENT_PROMPT_NEW_REPEAT ? index.getReference() : null;
            if (at == null || !at.getNameLast().equals(name) || !same(at.getParentRef(), parent)) {
                return false;
            }
            controller.newRepeat(index);
            return true;
        });
        if (!done) {
            throw new IllegalStateException("no prompt for " + ref);
        }
    }

    private static void remove(String ref) {
        TreeReference target = parse(ref);
        boolean done = walk((event, index) -> {
            if (event != FormEntryController.EVENT_REPEAT || !same(index.getReference(), target)) {
                return false;
            }
            controller.deleteRepeat(index);
            return true;
        });
        if (!done) {
            throw new IllegalStateException("no instance " + ref);
        }
    }

    private static boolean same(TreeReference one, TreeReference other) {
        return exact(one).equals(exact(other));
    }

    private static String exact(TreeReference ref) {
        StringBuilder text = new StringBuilder();
        for (int at = 0; at < ref.size(); at++) {
            int place = Math.max(ref.getMultiplicity(at), 0) + 1;
            text.append('/').append(ref.getName(at)).append('[').append(place).append(']');
        }
        return text.toString();
    }

    private static String state(String refused) {
        Map<String, String> labels = new HashMap<>();
        Map<String, String> choices = new HashMap<>();
        walk((event, index) -> {
            if (event == FormEntryController.EVENT_QUESTION) {
                FormEntryPrompt prompt = controller.getModel().getQuestionPrompt(index);
                String key = exact(index.getReference());
                try {
                    labels.put(key, prompt.getLongText());
                    choices.put(key, choicesOf(prompt));
                } catch (RuntimeException unshowable) {
                    labels.put(key, "!" + unshowable.getMessage());
                }
            }
            return false;
        });
        StringJoiner nodes = new StringJoiner(",", "[", "]");
        TreeElement root = form.getMainInstance().getRoot();
        describe(root, "/" + root.getName(), nodes, labels, choices);
        return "{\"rejected\":" + quoted(refused) + ",\"nodes\":" + nodes + "}";
    }

    private static String choicesOf(FormEntryPrompt prompt) {
        List<SelectChoice> found = prompt.getSelectChoices();
        if (found == null) {
            return "null";
        }
        StringJoiner text = new StringJoiner(",", "[", "]");
        for (SelectChoice choice : found) {
            text.add("[" + quoted(choice.getValue()) + "," + quoted(prompt.getSelectChoiceText(choice)) + "]");
        }
        return text.toString();
    }

    private static void describe(
            TreeElement parent, String ref, StringJoiner out, Map<String, String> labels, Map<String, String> choices) {
        for (int at = 0; at < parent.getNumChildren(); at++) {
            TreeElement node = parent.getChildAt(at);
            if (node.getMult() == TreeReference.INDEX_TEMPLATE) {
                continue;
            }
            String place = node.isRepeatable() ? "[" + (node.getMult() + 1) + "]" : "";
            String own = ref + "/" + node.getName() + place;
            String key = exact(node.getRef());
            boolean leaf = node.getNumChildren() == 0 && !node.isRepeatable();
            out.add("{\"ref\":" + quoted(own)
                    + ",\"relevant\":" + node.isRelevant()
                    + ",\"readonly\":" + !node.isEnabled()
                    + ",\"required\":" + node.isRequired()
                    + ",\"value\":" + quoted(leaf ? text(node) : null)
                    + ",\"label\":" + quoted(labels.get(key))
                    + ",\"choices\":" + choices.getOrDefault(key, "null") + "}");
            describe(node, own, out, labels, choices);
        }
    }

    private static String text(TreeElement node) {
        IAnswerData value = node.getValue();
        if (value == null) {
            return "";
        }
        Object written = new XFormAnswerDataSerializer().serializeAnswerData(value, node.getDataType());
        return written == null ? "" : written.toString();
    }

    private static String quoted(String text) {
        if (text == null) {
            return "null";
        }
        StringBuilder json = new StringBuilder("\"");
        for (char letter : text.toCharArray()) {
            if (letter == '"' || letter == '\\') {
                json.append('\\').append(letter);
            } else if (letter < 32) {
                json.append(String.format("\\u%04x", (int) letter));
            } else {
                json.append(letter);
            }
        }
        return json.append('"').toString();
    }
}
