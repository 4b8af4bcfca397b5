import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.StringJoiner;
import org.javarosa.core.model.CoreModelModule;
import org.javarosa.core.model.FormDef;
import org.javarosa.core.model.FormIndex;
import org.javarosa.core.model.SelectChoice;
import org.javarosa.core.model.data.DecimalData;
import org.javarosa.core.model.data.IAnswerData;
import org.javarosa.core.model.data.IntegerData;
import org.javarosa.core.model.data.MultipleItemsData;
import org.javarosa.core.model.data.SelectOneData;
import org.javarosa.core.model.data.StringData;
import org.javarosa.core.model.data.helper.Selection;
import org.javarosa.core.model.instance.InstanceInitializationFactory;
import org.javarosa.core.model.instance.TreeElement;
import org.javarosa.core.model.instance.TreeReference;
import org.javarosa.core.reference.PrefixedRootFactory;
import org.javarosa.core.reference.Reference;
import org.javarosa.core.reference.ReferenceManager;
import org.javarosa.core.services.PropertyManager;
import org.javarosa.core.services.PrototypeManager;
import org.javarosa.form.api.FormEntryController;
import org.javarosa.form.api.FormEntryModel;
import org.javarosa.form.api.FormEntryPrompt;
import org.javarosa.model.xform.XFormsModule;
import org.javarosa.xform.util.XFormAnswerDataSerializer;
import org.javarosa.xform.util.XFormUtils;
import org.opendatakit.validate.StubPropertyManager;

/**
 * The engine of ODK Collect: loads a form, takes the answers of a journal, tells times and values as JSON. Usage:
 * JavaRosa FORM JOURNAL WARM MEDIA
 */
public class JavaRosa {
    private static FormDef form;
    private static FormEntryController controller;

    /** A file beside the form. */
    private static class Media extends PrefixedRootFactory {
        private final Path folder;

        Media(String folder) {
            super(new String[] {"file/", "file-csv/"});
            this.folder = Path.of(folder);
        }

        @Override
        protected Reference factory(String terminal, String uri) {
            return new Listed(folder.resolve(terminal), uri);
        }
    }

    private record Listed(Path file, String uri) implements Reference {
        @Override
        public boolean doesBinaryExist() {
            return Files.exists(file);
        }

        @Override
        public InputStream getStream() throws IOException {
            return Files.newInputStream(file);
        }

        @Override
        public String getURI() {
            return uri;
        }

        @Override
        public String getLocalURI() {
            return file.toString();
        }

        @Override
        public boolean isReadOnly() {
            return true;
        }

        @Override
        public OutputStream getOutputStream() {
            throw new UnsupportedOperationException();
        }

        @Override
        public void remove() {
            throw new UnsupportedOperationException();
        }

        @Override
        public Reference[] probeAlternativeReferences() {
            return new Reference[0];
        }
    }

    public static void main(String[] arguments) throws Exception {
        PrintStream out = new PrintStream(System.out, true, "UTF-8");
        System.setOut(System.err);
        PrototypeManager.registerPrototypes(CoreModelModule.classNames);
        new XFormsModule().registerModule();
        PropertyManager.setPropertyManager(new StubPropertyManager());
        ReferenceManager.instance().addReferenceFactory(new Media(arguments[3]));
        byte[] xml = Files.readAllBytes(Path.of(arguments[0]));

        long began = System.nanoTime();
        form = XFormUtils.getFormFromInputStream(new ByteArrayInputStream(xml));
        controller = new FormEntryController(new FormEntryModel(form));
        form.initialize(true, new InstanceInitializationFactory());
        double loadMs = (System.nanoTime() - began) / 1e6;

        out.println("{\"load_ms\":" + loadMs + answers(Path.of(arguments[1]), Integer.parseInt(arguments[2])) + "}");
    }

    private static String answers(Path journal, int warm) throws Exception {
        Map<String, FormIndex> indexes = indexes();
        StringJoiner times = new StringJoiner(",", "[", "]");
        StringJoiner offered = new StringJoiner(",", "[", "]");
        StringJoiner states = new StringJoiner(",", "[", "]");
        states.add(state());
        int at = 0;
        for (String line : Files.readAllLines(journal)) {
            String[] parts = line.split("\t", -1);
            FormIndex index = indexes.get(parts[0]);
            FormIndex shown = indexes.get(parts[3]);
            long start = System.nanoTime();
            int outcome = controller.answerQuestion(index, data(parts[1], parts[2]), true);
            int choices = shown == null ? 0 : choices(shown);
            double spent = (System.nanoTime() - start) / 1e6;
            if (outcome != FormEntryController.ANSWER_OK) {
                throw new IllegalStateException("refused: " + line);
            }
            if (at++ >= warm) {
                times.add(Double.toString(spent));
            }
            offered.add(Integer.toString(choices));
            if (!parts[4].isEmpty()) {
                states.add(state());
            }
        }
        return ",\"answer_ms\":" + times + ",\"reported\":0,\"offered\":" + offered + ",\"states\":" + states;
    }

    private static int choices(FormIndex index) {
        FormEntryPrompt prompt = controller.getModel().getQuestionPrompt(index);
        List<SelectChoice> found = prompt.getSelectChoices();
        for (SelectChoice choice : found) {
            prompt.getSelectChoiceText(choice);
        }
        return found.size();
    }

    private static Map<String, FormIndex> indexes() {
        Map<String, FormIndex> found = new HashMap<>();
        FormIndex index = FormIndex.createBeginningOfFormIndex();
        while (!index.isEndOfFormIndex()) {
            if (index.isInForm() && index.getReference() != null) {
                found.put(ref(index.getReference()), index);
            }
            index = controller.getModel().incrementIndex(index, true);
        }
        return found;
    }

    private static IAnswerData data(String kind, String value) {
        switch (kind) {
            case "one":
                return new SelectOneData(new Selection(value));
            case "many":
                List<Selection> chosen = new ArrayList<>();
                for (String one : value.split(" ")) {
                    chosen.add(new Selection(one));
                }
                return new MultipleItemsData(chosen);
            case "int":
                return new IntegerData(Integer.parseInt(value));
            case "decimal":
                return new DecimalData(Double.parseDouble(value));
            default:
                return new StringData(value);
        }
    }

    /** A repeat's steps with their place, other steps without. */
    private static String ref(TreeReference exact) {
        StringBuilder text = new StringBuilder();
        TreeReference walked = TreeReference.rootRef();
        for (int at = 0; at < exact.size(); at++) {
            int place = Math.max(exact.getMultiplicity(at), 0);
            walked.add(exact.getName(at), place);
            TreeElement node = form.getMainInstance().resolveReference(walked);
            text.append('/').append(exact.getName(at));
            if (node != null && node.isRepeatable()) {
                text.append('[').append(place + 1).append(']');
            }
        }
        return text.toString();
    }

    private static String state() {
        StringJoiner leaves = new StringJoiner(",", "[", "]");
        TreeElement root = form.getMainInstance().getRoot();
        describe(root, "/" + root.getName(), leaves);
        return leaves.toString();
    }

    private static void describe(TreeElement parent, String ref, StringJoiner leaves) {
        for (int at = 0; at < parent.getNumChildren(); at++) {
            TreeElement node = parent.getChildAt(at);
            if (node.getMult() == TreeReference.INDEX_TEMPLATE || !node.isRelevant()) {
                continue;
            }
            String own = ref + "/" + node.getName() + (node.isRepeatable() ? "[" + (node.getMult() + 1) + "]" : "");
            if (node.getNumChildren() == 0) {
                leaves.add("[" + quoted(own) + "," + quoted(text(node)) + "]");
            }
            describe(node, own, leaves);
        }
    }

    private static String text(TreeElement node) {
        IAnswerData value = node.getValue();
        Object written = value == null ? null : new XFormAnswerDataSerializer().serializeAnswerData(value, node.getDataType());
        return written == null ? "" : written.toString();
    }

    private static String quoted(String text) {
        return "\"" + text.replace("\\", "\\\\").replace("\"", "\\\"") + "\"";
    }
}
