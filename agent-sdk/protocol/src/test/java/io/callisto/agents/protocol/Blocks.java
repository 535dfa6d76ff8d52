package io.callisto.agents.protocol;

import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A document of which some parts, between marks, are generated. */
final class Blocks {
    static final Pattern MARKDOWN =
            Pattern.compile("(<!-- begin (\\w+), generated -->\n).*?(<!-- end -->)", Pattern.DOTALL);
    static final Pattern CODE = Pattern.compile("([ ]*// begin (\\w+), generated\n).*?([ ]*// end\n)", Pattern.DOTALL);

    private Blocks() {}

    static String renewed(String document, Pattern marks, Map<String, String> blocks) {
        Set<String> missing = new HashSet<>(blocks.keySet());
        Matcher block = marks.matcher(document);
        StringBuilder renewed = new StringBuilder();
        while (block.find()) {
            String text = blocks.get(block.group(2));
            if (text == null || !missing.remove(block.group(2))) {
                throw new IllegalStateException("the document has a block too many: " + block.group(2));
            }
            block.appendReplacement(renewed, Matcher.quoteReplacement(block.group(1) + text + block.group(3)));
        }
        if (!missing.isEmpty()) {
            throw new IllegalStateException("the document has no block for " + missing);
        }
        return block.appendTail(renewed).toString();
    }
}
