import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import org.javarosa.core.reference.PrefixedRootFactory;
import org.javarosa.core.reference.Reference;

/** Lists beside a form, whatever the kind of their address. */
class Media extends PrefixedRootFactory {
    private final String folder;

    Media(String folder) {
        super(new String[] {"file/", "file-csv/"});
        this.folder = folder;
    }

    @Override
    protected Reference factory(String terminal, String uri) {
        return new Reference() {
            @Override
            public boolean doesBinaryExist() {
                return Files.exists(Path.of(folder, terminal));
            }

            @Override
            public InputStream getStream() throws IOException {
                return Files.newInputStream(Path.of(folder, terminal));
            }

            @Override
            public String getURI() {
                return uri;
            }

            @Override
            public String getLocalURI() {
                return Path.of(folder, terminal).toString();
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
        };
    }
}
