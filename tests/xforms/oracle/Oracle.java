import java.io.BufferedReader;
import java.io.FileDescriptor;
import java.io.FileInputStream;
import java.io.FileOutputStream;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.lang.reflect.Method;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.StringJoiner;
import org.javarosa.core.model.Constants;
import org.javarosa.core.model.CoreModelModule;
import org.javarosa.core.model.FormDef;
import org.javarosa.core.model.FormIndex;
import org.javarosa.core.model.GroupDef;
import org.javarosa.core.model.QuestionDef;
import org.javarosa.core.model.SelectChoice;
import org.javarosa.core.model.data.IAnswerData;
import org.javarosa.core.model.data.MultipleItemsData;
import org.javarosa.core.model.data.SelectOneData;
import org.javarosa.core.model.data.helper.Selection;
import org.javarosa.core.model.instance.InstanceInitializationFactory;
import org.javarosa.core.model.instance.TreeElement;
import org.javarosa.core.model.instance.TreeReference;
import org.javarosa.core.reference.ReferenceManager;
import org.javarosa.core.services.PropertyManager;
import org.javarosa.core.services.PrototypeManager;
import org.javarosa.form.api.FormEntryController;
import org.javarosa.form.api.FormEntryModel;
import org.javarosa.form.api.FormEntryPrompt;
import org.javarosa.model.xform.XFormSerializingVisitor;
import org.javarosa.model.xform.XFormsModule;
import org.javarosa.xform.util.XFormAnswerDataParser;
import org.javarosa.xform.util.XFormUtils;
import org.opendatakit.validate.StubPropertyManager;

/**
 * JavaRosa on call: a command per line in, a line of JSON out. Fields are parted by tabs, with \\t, \\n and \\\\ for
 * those characters inside a value.
 */
public class Oracle {
    private static FormDef form;
    private static FormEntryController controller;
    private static final Map<String, String> shown = new LinkedHashMap<>();

    private interface Visitor {
        /** True ends the walk. */
        boolean at(int event, FormIndex index);
    }

    /** Commands: load FORM LANGUAGE MEDIA, set REF VALUE, add REF, remove REF, language NAME, settle, finish. */
    public static void main(String[] arguments) throws Exception {
        PrintStream out = new PrintStream(new FileOutputStream(FileDescriptor.out), true, "UTF-8");
        System.setOut(System.err);
        PrototypeManager.registerPrototypes(CoreModelModule.classNames);
        new XFormsModule().registerModule();
        PropertyManager.setPropertyManager(new StubPropertyManager());
        BufferedReader commands = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
        String line;
        while ((line = commands.readLine()) != null) {
            String answer;
            try {
                answer = obey(line.split("\t", -1));
            } catch (Exception stopped) {
                answer = "{\"error\":" + Words.quoted(stopped.getClass().getSimpleName() + ": " + stopped.getMessage()) + "}";
            }
            out.println(answer);
        }
    }

    private static String obey(String[] parts) throws Exception {
        String[] refused = new String[2];
        switch (parts[0]) {
            case "load":
                load(parts[1], parts[2], parts[3]);
                break;
            case "set":
                refused = set(parts[1], Words.plain(parts[2]));
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
            case "settle":
                settle();
                break;
            case "finish":
                return finish();
            default:
                throw new IllegalArgumentException(parts[0]);
        }
        showEveryQuestion();
        return state(refused);
    }

    private static void load(String file, String language, String media) throws Exception {
        shown.clear();
        ReferenceManager.instance().reset();
        ReferenceManager.instance().addReferenceFactory(new Media(media));
        form = XFormUtils.getFormFromInputStream(new FileInputStream(file));
        controller = new FormEntryController(new FormEntryModel(form));
        form.initialize(true, new InstanceInitializationFactory());
        if (!language.equals("-")) {
            controller.setLanguage(language);
        }
    }

    /**
     * Brings about what JavaRosa leaves for later: answers that fell out of their list are stored as a person does who
     * passes their question, instances beyond a count go, and everything is computed anew.
     */
    private static void settle() throws Exception {
        Method all = FormDef.class.getDeclaredMethod("initializeTriggerables", TreeReference.class);
        all.setAccessible(true);
        boolean moved = true;
        for (int round = 0; moved && round < 8; round++) {
            all.invoke(form, TreeReference.rootRef());
            moved = passEveryQuestion() | removeSurplus();
        }
        all.invoke(form, TreeReference.rootRef());
    }

    private static boolean passEveryQuestion() {
        boolean[] moved = new boolean[1];
        walk((event, index) -> {
            if (event == FormEntryController.EVENT_QUESTION) {
                TreeReference ref = index.getReference();
                TreeElement node = form.getMainInstance().resolveReference(ref);
                String before = Words.text(node);
                FormEntryPrompt prompt = controller.getModel().getQuestionPrompt(index);
                prompt.getSelectChoices();
                IAnswerData kept = prompt.getAnswerValue();
                if (!Words.text(node).equals(before)) {
                    form.setValue(kept, ref, true);
                    moved[0] = true;
                }
            }
            return false;
        });
        return moved[0];
    }

    private static boolean removeSurplus() {
        return walk((event, index) -> {
            if (event != FormEntryController.EVENT_REPEAT) {
                return false;
            }
            GroupDef repeat = (GroupDef) form.getChild(index);
            if (repeat.getCountReference() == null) {
                return false;
            }
            TreeElement count = form.getMainInstance()
                    .resolveReference(repeat.getConextualizedCountReference(index.getReference()));
            IAnswerData wanted = count == null ? null : count.getValue();
            if (wanted == null || index.getElementMultiplicity() < (int) Double.parseDouble(Words.text(count))) {
                return false;
            }
            controller.deleteRepeat(index);
            return true;
        });
    }

    private static String finish() throws Exception {
        String[] invalid = {"null"};
        walk((event, index) -> {
            if (event != FormEntryController.EVENT_QUESTION) {
                return false;
            }
            IAnswerData kept = controller.getModel().getQuestionPrompt(index).getAnswerValue();
            String reason = reason(controller.answerQuestion(index, kept, false));
            if (reason != null) {
                invalid[0] = "[" + Words.quoted(Words.exact(index.getReference())) + "," + Words.quoted(reason) + "]";
            }
            return reason != null;
        });
        byte[] xml = new XFormSerializingVisitor().serializeInstance(form.getMainInstance());
        return "{\"invalid\":" + invalid[0] + ",\"xml\":" + Words.quoted(new String(xml, StandardCharsets.UTF_8)) + "}";
    }

    private static String reason(int outcome) {
        if (outcome == FormEntryController.ANSWER_CONSTRAINT_VIOLATED) {
            return "constraint";
        }
        return outcome == FormEntryController.ANSWER_REQUIRED_BUT_EMPTY ? "required" : null;
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

    /** The reason and the message when the answer is refused. An empty answer to a required question is stored. */
    private static String[] set(String ref, String value) {
        TreeReference target = Words.parse(ref);
        TreeElement node = form.getMainInstance().resolveReference(target);
        String[] refused = new String[2];
        boolean asked = walk((event, index) -> {
            if (event != FormEntryController.EVENT_QUESTION || !same(index.getReference(), target)) {
                return false;
            }
            FormEntryPrompt prompt = controller.getModel().getQuestionPrompt(index);
            IAnswerData answer = typed(value, node, prompt.getQuestion());
            if (answer == null && !value.isEmpty()) {
                refused[0] = "type";
                return true;
            }
            refused[0] = reason(controller.answerQuestion(index, answer, true));
            if ("constraint".equals(refused[0])) {
                refused[1] = prompt.getConstraintText(answer);
            } else if ("required".equals(refused[0])) {
                form.setValue(null, target, true);
            }
            return true;
        });
        if (!asked) {
            form.setValue(typed(value, node, null), target, true);
        }
        return refused;
    }

    private static IAnswerData typed(String value, TreeElement node, QuestionDef question) {
        try {
            return data(value, node, question);
        } catch (RuntimeException unreadable) {
            return null;
        }
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
        TreeReference parent = Words.parse(ref);
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
        TreeReference target = Words.parse(ref);
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
        return Words.exact(one).equals(Words.exact(other));
    }

    /** What looks different since the last state, and which nodes are gone. */
    private static String state(String[] refused) {
        Map<String, String> texts = new HashMap<>();
        walk((event, index) -> {
            if (event == FormEntryController.EVENT_QUESTION) {
                FormEntryPrompt prompt = controller.getModel().getQuestionPrompt(index);
                texts.put(Words.exact(index.getReference()), textsOf(prompt));
            }
            return false;
        });
        Map<String, String> now = new LinkedHashMap<>();
        TreeElement root = form.getMainInstance().getRoot();
        describe(root, "/" + root.getName(), now, texts);
        StringJoiner nodes = new StringJoiner(",", "[", "]");
        now.forEach((ref, node) -> {
            if (!node.equals(shown.get(ref))) {
                nodes.add(node);
            }
        });
        StringJoiner gone = new StringJoiner(",", "[", "]");
        shown.keySet().stream().filter(ref -> !now.containsKey(ref)).forEach(ref -> gone.add(Words.quoted(ref)));
        shown.clear();
        shown.putAll(now);
        return "{\"rejected\":" + Words.quoted(refused[0]) + ",\"message\":" + Words.quoted(refused[1]) + ",\"nodes\":" + nodes
                + ",\"gone\":" + gone + "}";
    }

    private static String textsOf(FormEntryPrompt prompt) {
        try {
            return ",\"label\":" + Words.quoted(prompt.getLongText()) + ",\"hint\":" + Words.quoted(prompt.getHelpText())
                    + ",\"choices\":" + choicesOf(prompt);
        } catch (RuntimeException unshowable) {
            return ",\"label\":" + Words.quoted("!" + unshowable.getMessage()) + ",\"hint\":null,\"choices\":null";
        }
    }

    private static String choicesOf(FormEntryPrompt prompt) {
        List<SelectChoice> found = prompt.getSelectChoices();
        if (found == null) {
            return "null";
        }
        StringJoiner text = new StringJoiner(",", "[", "]");
        for (SelectChoice choice : found) {
            text.add("[" + Words.quoted(choice.getValue()) + "," + Words.quoted(prompt.getSelectChoiceText(choice)) + "]");
        }
        return text.toString();
    }

    private static void describe(TreeElement parent, String ref, Map<String, String> out, Map<String, String> texts) {
        for (int at = 0; at < parent.getNumChildren(); at++) {
            TreeElement node = parent.getChildAt(at);
            if (node.getMult() == TreeReference.INDEX_TEMPLATE) {
                continue;
            }
            String place = node.isRepeatable() ? "[" + (node.getMult() + 1) + "]" : "";
            String own = ref + "/" + node.getName() + place;
            boolean leaf = node.getNumChildren() == 0 && !node.isRepeatable();
            String written = "{\"ref\":" + Words.quoted(own)
                    + ",\"relevant\":" + node.isRelevant()
                    + ",\"readonly\":" + !node.isEnabled()
                    + ",\"required\":" + node.isRequired()
                    + ",\"value\":" + Words.quoted(leaf ? Words.text(node) : null)
                    + texts.getOrDefault(Words.exact(node.getRef()), ",\"label\":null,\"hint\":null,\"choices\":null");
            out.put(own, written + "}");
            describe(node, own, out, texts);
        }
    }

}
