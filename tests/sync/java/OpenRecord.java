import java.io.File;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyFactory;
import java.security.MessageDigest;
import java.security.PrivateKey;
import java.security.spec.MGF1ParameterSpec;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import javax.crypto.Cipher;
import javax.crypto.spec.IvParameterSpec;
import javax.crypto.spec.OAEPParameterSpec;
import javax.crypto.spec.PSource;
import javax.crypto.spec.SecretKeySpec;
import javax.xml.parsers.DocumentBuilderFactory;
import org.w3c.dom.Element;
import org.w3c.dom.NodeList;

/** Opens an encrypted record with the Java platform alone: arguments are the folder and the private key (PKCS8, DER). */
public class OpenRecord {
    private static final String SUBMISSIONS = "http://opendatakit.org/submissions";
    private static final String METADATA = "http://openrosa.org/xforms";

    public static void main(String[] arguments) throws Exception {
        Path folder = Path.of(arguments[0]);
        byte[] der = Files.readAllBytes(Path.of(arguments[1]));
        PrivateKey secret = KeyFactory.getInstance("RSA").generatePrivate(new PKCS8EncodedKeySpec(der));
        DocumentBuilderFactory factory = DocumentBuilderFactory.newInstance();
        factory.setNamespaceAware(true);
        Element root = factory.newDocumentBuilder().parse(new File(folder.toFile(), "manifest.xml")).getDocumentElement();

        String instanceId = text(root, METADATA, "instanceID");
        String wrapped = text(root, SUBMISSIONS, "base64EncryptedKey");
        byte[] key = unwrap(wrapped, secret);
        MessageDigest seeding = MessageDigest.getInstance("MD5");
        seeding.update(instanceId.getBytes(StandardCharsets.UTF_8));
        seeding.update(key);
        byte[] seed = seeding.digest();

        List<String> names = new ArrayList<>();
        NodeList media = root.getElementsByTagNameNS(SUBMISSIONS, "file");
        for (int each = 0; each < media.getLength(); each++) {
            names.add(media.item(each).getTextContent().trim());
        }
        names.add(text(root, SUBMISSIONS, "encryptedXmlFile"));

        StringBuilder told = new StringBuilder();
        told.append(root.getAttribute("id")).append('\n').append(root.getAttribute("version")).append('\n');
        told.append(wrapped).append('\n').append(instanceId).append('\n');
        for (int counter = 0; counter < names.size(); counter++) {
            seed[counter % 16]++;
            Cipher cipher = Cipher.getInstance("AES/CFB/PKCS5Padding");
            cipher.init(Cipher.DECRYPT_MODE, new SecretKeySpec(key, "AES"), new IvParameterSpec(seed.clone()));
            byte[] plain = cipher.doFinal(Files.readAllBytes(folder.resolve(names.get(counter))));
            String name = names.get(counter).replaceFirst("\\.enc$", "");
            Files.write(folder.resolve("opened-" + name), plain);
            byte[] sum = MessageDigest.getInstance("MD5").digest(plain);
            told.append(name).append("::").append(HexFormat.of().formatHex(sum)).append('\n');
        }
        byte[] digest = MessageDigest.getInstance("MD5").digest(told.toString().getBytes(StandardCharsets.UTF_8));
        byte[] signature = unwrap(text(root, SUBMISSIONS, "base64EncryptedElementSignature"), secret);
        System.out.println(MessageDigest.isEqual(digest, signature) ? "signature holds" : "signature WRONG");
    }

    private static String text(Element root, String namespace, String name) {
        return root.getElementsByTagNameNS(namespace, name).item(0).getTextContent().trim();
    }

    private static byte[] unwrap(String text, PrivateKey secret) throws Exception {
        Cipher cipher = Cipher.getInstance("RSA/ECB/OAEPWithSHA-256AndMGF1Padding");
        OAEPParameterSpec scheme =
            new OAEPParameterSpec("SHA-256", "MGF1", MGF1ParameterSpec.SHA256, PSource.PSpecified.DEFAULT);
        cipher.init(Cipher.DECRYPT_MODE, secret, scheme);
        return cipher.doFinal(Base64.getDecoder().decode(text));
    }
}
