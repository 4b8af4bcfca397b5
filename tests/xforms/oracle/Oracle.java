import java.io.*; import java.nio.file.*; import java.util.*;
import org.javarosa.core.model.*; import org.javarosa.core.model.data.*; import org.javarosa.core.model.data.helper.Selection;
import org.javarosa.core.model.instance.*; import org.javarosa.form.api.*; import org.javarosa.xform.util.*;
import org.javarosa.core.model.condition.*;
import org.javarosa.model.xform.XFormsModule;

/** Plays a list of events against JavaRosa and prints the state of every node after each, one JSON object a line. */
public class Oracle {
    static FormDef form; static FormEntryController controller;
    /** Arguments in threes: form, events file, language or "-". A line of JSON per state, an error line when it stops, then "end". */
    public static void main(String[] a) throws Exception {
        PrintStream out = new PrintStream(new FileOutputStream(FileDescriptor.out), true, "UTF-8");
        System.setOut(System.err);
        org.javarosa.core.services.PrototypeManager.registerPrototypes(CoreModelModule.classNames); new XFormsModule().registerModule();
        org.javarosa.core.services.PropertyManager.setPropertyManager(new org.opendatakit.validate.StubPropertyManager());
        for (int k = 0; k + 2 < a.length; k += 3) {
            try { play(a[k], a[k + 1], a[k + 2], out); }
            catch (Exception x) { out.println("{\"error\":" + q(x.getClass().getSimpleName() + ": " + x.getMessage()) + "}"); }
            out.println("end");
        }
    }
    static void play(String file, String events, String language, PrintStream out) throws Exception {
        form = XFormUtils.getFormFromInputStream(new FileInputStream(file));
        controller = new FormEntryController(new FormEntryModel(form));
        form.initialize(true, new InstanceInitializationFactory());
        if (!language.equals("-")) controller.setLanguage(language);
        visit(); out.println(state(null));
        for (String line : Files.readAllLines(Path.of(events))) {
            if (line.isEmpty()) continue;
            String[] p = line.split("\t", -1); String refused = null;
            switch (p[0]) {
                case "set": refused = set(p[1], p[2]); break;
                case "add": add(p[1]); break;
                case "remove": remove(p[1]); break;
                case "language": controller.setLanguage(p[1]); break;
            }
            visit(); out.println(state(refused));
        }
    }
    static TreeReference parse(String ref) {
        TreeReference r = TreeReference.rootRef();
        for (String s : ref.substring(1).split("/")) {
            int i = s.indexOf('['); int m = i < 0 ? 0 : Integer.parseInt(s.substring(i + 1, s.length() - 1)) - 1;
            r.add(i < 0 ? s : s.substring(0, i), m);
        }
        return r;
    }
    interface Found { boolean at(int event, FormIndex i); }
    static boolean walk(Found f) {
        controller.jumpToIndex(FormIndex.createBeginningOfFormIndex()); int e;
        while ((e = controller.stepToNextEvent()) != FormEntryController.EVENT_END_OF_FORM)
            if (f.at(e, controller.getModel().getFormIndex())) return true;
        return false;
    }
    static void visit() { walk((e, i) -> { if (e == FormEntryController.EVENT_QUESTION) { FormEntryPrompt p = controller.getModel().getQuestionPrompt(i); try { p.getSelectChoices(); p.getAnswerValue(); } catch (RuntimeException x) { } } return false; }); }
    static String set(String ref, String value) {
        TreeReference t = parse(ref); TreeElement node = form.getMainInstance().resolveReference(t);
        String[] result = new String[]{"none"};
        walk((e, i) -> {
            if (e != FormEntryController.EVENT_QUESTION || !same(i.getReference(), t)) return false;
            QuestionDef q = controller.getModel().getQuestionPrompt(i).getQuestion();
            int code = controller.answerQuestion(i, data(value, node, q), true);
            result[0] = code == FormEntryController.ANSWER_CONSTRAINT_VIOLATED ? "constraint" : code == FormEntryController.ANSWER_REQUIRED_BUT_EMPTY ? "required" : null;
            return true;
        });
        if ("none".equals(result[0])) { form.setValue(data(value, node, null), t, true); return null; }
        return result[0];
    }
    static boolean same(TreeReference x, TreeReference t) { return text(x).equals(text(t)); }
    static String text(TreeReference r) { StringBuilder b = new StringBuilder(); for (int i = 0; i < r.size(); i++) { int m = r.getMultiplicity(i); b.append('/').append(r.getName(i)).append('[').append(m < 0 ? 1 : m + 1).append(']'); } return b.toString(); }
    static IAnswerData data(String v, TreeElement n, QuestionDef q) {
        if (v.isEmpty()) return null;
        if (q != null && q.getControlType() == Constants.CONTROL_SELECT_ONE) return new SelectOneData(new Selection(v));
        if (q != null && (q.getControlType() == Constants.CONTROL_SELECT_MULTI || q.getControlType() == Constants.CONTROL_RANK)) {
            List<Selection> l = new ArrayList<>(); for (String s : v.split(" ")) l.add(new Selection(s)); return new MultipleItemsData(l); }
        return XFormAnswerDataParser.getAnswerData(v, n.getDataType(), q);
    }
    static void add(String ref) {
        TreeReference t = parse(ref); t.removeLastLevel(); String name = ref.substring(ref.lastIndexOf('/') + 1);
        if (!walk((e, i) -> {
            if (e != FormEntryController.EVENT_PROMPT_NEW_REPEAT) return false;
            TreeReference r = i.getReference(); if (!r.getNameLast().equals(name) || !same(r.getParentRef(), t)) return false;
            controller.newRepeat(i); return true; })) throw new RuntimeException("no prompt for " + ref);
    }
    static void remove(String ref) {
        TreeReference t = parse(ref);
        if (!walk((e, i) -> { if (e != FormEntryController.EVENT_REPEAT || !same(i.getReference(), t)) return false; controller.deleteRepeat(i); return true; }))
            throw new RuntimeException("no repeat " + ref);
    }
    static String q(String s) { if (s == null) return "null"; StringBuilder b = new StringBuilder("\""); for (char c : s.toCharArray()) { if (c == '"' || c == '\\') b.append('\\').append(c); else if (c < 32) b.append(String.format("\\u%04x", (int) c)); else b.append(c); } return b.append('"').toString(); }
    static String state(String refused) {
        Map<String, String> labels = new HashMap<>(), choices = new HashMap<>();
        walk((e, i) -> {
            if (e == FormEntryController.EVENT_QUESTION) {
                FormEntryPrompt p = controller.getModel().getQuestionPrompt(i); String k = text(i.getReference());
                try { labels.put(k, p.getLongText()); } catch (RuntimeException x) { labels.put(k, "!" + x.getMessage()); }
                List<SelectChoice> cs = null; try { cs = p.getSelectChoices(); } catch (RuntimeException x) { choices.put(k, q("!" + x.getMessage())); }
                if (cs != null) { StringJoiner j = new StringJoiner(",", "[", "]"); for (SelectChoice c : cs) { String l; try { l = p.getSelectChoiceText(c); } catch (RuntimeException x) { l = "!" + x.getMessage(); } j.add("[" + q(c.getValue()) + "," + q(l) + "]"); } choices.put(k, j.toString()); }
            } return false; });
        StringJoiner nodes = new StringJoiner(",", "[", "]"); dump(form.getMainInstance().getRoot(), "/" + form.getMainInstance().getRoot().getName(), nodes, labels, choices);
        return "{\"rejected\":" + q(refused) + ",\"nodes\":" + nodes + "}";
    }
    static void dump(TreeElement n, String ref, StringJoiner out, Map<String, String> labels, Map<String, String> choices) {
        for (int i = 0; i < n.getNumChildren(); i++) {
            TreeElement c = n.getChildAt(i); if (c.getMult() == TreeReference.INDEX_TEMPLATE) continue;
            String r = ref + "/" + c.getName() + (c.isRepeatable() ? "[" + (c.getMult() + 1) + "]" : ""); boolean leaf = c.getNumChildren() == 0 && !c.isRepeatable();
            String value = null; if (leaf) { IAnswerData d = c.getValue(); Object o = d == null ? "" : new XFormAnswerDataSerializer().serializeAnswerData(d, c.getDataType()); value = o == null ? "" : o.toString(); }
            String k = text(c.getRef());
            out.add("{\"ref\":" + q(r) + ",\"relevant\":" + c.isRelevant() + ",\"readonly\":" + !c.isEnabled() + ",\"required\":" + c.isRequired() + ",\"value\":" + q(value) + ",\"label\":" + q(labels.get(k)) + ",\"choices\":" + (choices.containsKey(k) ? choices.get(k) : "null") + "}");
            dump(c, r, out, labels, choices);
        }
    }
}
