import java.io.FileInputStream;
import java.util.TreeSet;
import org.verapdf.gf.foundry.VeraGreenfieldFoundryProvider;
import org.verapdf.pdfa.Foundries;
import org.verapdf.pdfa.flavours.PDFAFlavour;
import org.verapdf.pdfa.results.TestAssertion;

/** Prints for each `flavour=path` whether the file conforms, and the rules it breaks. */
public class Vera {
    public static void main(String[] asked) throws Exception {
        VeraGreenfieldFoundryProvider.initialise();
        for (String one : asked) {
            String[] parts = one.split("=", 2);
            PDFAFlavour flavour = PDFAFlavour.byFlavourId(parts[0]);
            try (var file = new FileInputStream(parts[1]);
                    var parser = Foundries.defaultInstance().createParser(file, flavour);
                    var validator =
                            Foundries.defaultInstance().createValidator(flavour, false)) {
                var result = validator.validate(parser);
                var broken = new TreeSet<String>();
                for (TestAssertion found : result.getTestAssertions()) {
                    var rule = found.getRuleId();
                    broken.add(rule.getClause() + "-" + rule.getTestNumber()
                            + " " + found.getMessage());
                }
                System.out.println((result.isCompliant() ? "PASS " : "FAIL ") + one);
                broken.forEach(rule -> System.out.println("  " + rule));
            }
        }
    }
}
