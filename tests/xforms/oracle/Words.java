import org.javarosa.core.model.data.IAnswerData;
import org.javarosa.core.model.instance.TreeElement;
import org.javarosa.core.model.instance.TreeReference;
import org.javarosa.xform.util.XFormAnswerDataSerializer;

/** Refs, values and texts as they stand in commands and answers. */
class Words {
    private Words() {}

    static String plain(String written) {
        StringBuilder text = new StringBuilder();
        for (int at = 0; at < written.length(); at++) {
            char letter = written.charAt(at);
            if (letter != '\\') {
                text.append(letter);
                continue;
            }
            char after = written.charAt(++at);
            text.append(after == 't' ? '\t' : after == 'n' ? '\n' : after);
        }
        return text.toString();
    }

    static TreeReference parse(String ref) {
        TreeReference found = TreeReference.rootRef();
        for (String step : ref.substring(1).split("/")) {
            int bracket = step.indexOf('[');
            int place = bracket < 0 ? 0 : Integer.parseInt(step.substring(bracket + 1, step.length() - 1)) - 1;
            found.add(bracket < 0 ? step : step.substring(0, bracket), place);
        }
        return found;
    }

    static String exact(TreeReference ref) {
        StringBuilder text = new StringBuilder();
        for (int at = 0; at < ref.size(); at++) {
            int place = Math.max(ref.getMultiplicity(at), 0) + 1;
            text.append('/').append(ref.getName(at)).append('[').append(place).append(']');
        }
        return text.toString();
    }

    static String text(TreeElement node) {
        IAnswerData value = node.getValue();
        if (value == null) {
            return "";
        }
        Object written = new XFormAnswerDataSerializer().serializeAnswerData(value, node.getDataType());
        return written == null ? "" : written.toString();
    }

    static String quoted(String text) {
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
