package io.callisto.director.samples;

import com.google.i18n.phonenumbers.NumberParseException;
import com.google.i18n.phonenumbers.PhoneNumberUtil;
import com.google.i18n.phonenumbers.PhoneNumberUtil.PhoneNumberFormat;
import com.google.i18n.phonenumbers.Phonenumber.PhoneNumber;
import java.text.Normalizer;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.SplittableRandom;

/**
 * Makes the sample file that is shipped as {@code samples/contacts-5000.csv}: the same text every time. Numbers come
 * from ranges
 * that regulators keep for films and documents where there are such; {@code ContactsSampleTest} says which rows are
 * bad.
 */
final class ContactsSample {
    static final int ROWS = 5_000;
    static final String HEADER = "id,title,firstName,lastName,phoneNumber1,country,email";

    // Each hundred rows hold one bad row of each kind: 1 % of each.
    private static final int BAD_PHONE_AT = 13;
    private static final int MISSING_ID_AT = 37;
    private static final int DUPLICATE_ID_AT = 61;
    private static final int TOO_MANY_AT = 89;

    private static final PhoneNumberUtil NUMBERS = PhoneNumberUtil.getInstance();

    /**
     * People of a country.
     *
     * @param share rows in a hundred
     * @param ranges national numbers; each x is a digit
     */
    private record Country(
            String region,
            int share,
            List<String> titles,
            List<String> first,
            List<String> last,
            List<String> ranges) {}

    private static final List<Country> COUNTRIES = List.of(
            new Country(
                    "DE",
                    18,
                    List.of("Herr", "Frau", "Frau Dr.", "Herr Dr."),
                    List.of("Jürgen", "Anna", "Lukas", "Sofie", "Björn", "Käthe", "Felix", "Grażyna", "Max", "Marie"),
                    List.of("Müller", "Schmidt", "Weiß", "Schäfer", "Köhler", "Krüger", "Becker", "Vogel", "Jäger"),
                    List.of("3023125xxx", "6990009xxx", "4066969xxx", "2214710xxx", "8999998xxx")),
            new Country(
                    "GB",
                    14,
                    List.of("Mr", "Ms", "Mrs", "Dr"),
                    List.of("Oliver", "Amelia", "George", "Isla", "Harry", "Niamh", "Callum", "Freya", "Rhys", "Zoë"),
                    List.of("Smith", "Jones", "O'Brien", "Taylor", "Evans", "Wright", "Campbell", "Khan", "Hughes"),
                    List.of("2079460xxx", "1214960xxx", "1614960xxx", "1134960xxx", "7700900xxx")),
            new Country(
                    "US",
                    20,
                    List.of("Mr.", "Ms.", "Mrs.", "Dr."),
                    List.of("James", "Mary", "Michael", "Linda", "José", "Emily", "Tyrone", "Ashley", "Ethan", "Grace"),
                    List.of(
                            "Johnson",
                            "Williams",
                            "Brown",
                            "Garcia",
                            "Miller",
                            "Davis",
                            "Martinez",
                            "Lee",
                            "King, Jr."),
                    List.of(
                            "21255501xx",
                            "31055501xx",
                            "31255501xx",
                            "30555501xx",
                            "60255501xx",
                            "20655501xx",
                            "70255501xx",
                            "61755501xx",
                            "40455501xx",
                            "71355501xx",
                            "30355501xx",
                            "80855501xx",
                            "90755501xx",
                            "50455501xx",
                            "61255501xx",
                            "31455501xx")),
            new Country(
                    "FR",
                    12,
                    List.of("M.", "Mme"),
                    List.of("Éloïse", "Hugo", "Chloé", "Léo", "Manon", "François", "Zoé", "Jérôme", "Camille", "Noël"),
                    List.of("Martin", "Lefèvre", "Dubois", "Moreau", "Garçon", "Lemaître", "Girard", "Benoît", "Rey"),
                    List.of("19900xxxx", "26191xxxx", "35301xxxx", "46571xxxx", "53649xxxx", "63998xxxx")),
            new Country(
                    "ES",
                    8,
                    List.of("Sr.", "Sra."),
                    List.of("Íñigo", "Lucía", "Hugo", "Martina", "Álvaro", "Begoña", "Javier", "Carmen", "Raúl"),
                    List.of("Núñez", "García", "Muñoz", "Ibáñez", "López", "Peña", "Castaño", "Ruiz", "Vázquez"),
                    List.of("8101234xx", "6123456xx", "8101235xx", "6123457xx")),
            new Country(
                    "IN",
                    8,
                    List.of("Mr", "Ms", "Dr"),
                    List.of("Aarav", "Priya", "Rohan", "Ananya", "Vikram", "Meera", "Arjun", "Kavya", "Sanjay"),
                    List.of("Sharma", "Patel", "Iyer", "Singh", "Reddy", "Banerjee", "Nair", "Gupta", "Das"),
                    List.of("74104101xx", "81234567xx", "74104102xx", "81234568xx")),
            new Country(
                    "BR",
                    8,
                    List.of("Sr.", "Sra."),
                    List.of("João", "Letícia", "Caio", "Conceição", "Bruno", "Júlia", "Thaís", "Otávio", "Inês"),
                    List.of("Silva", "Gonçalves", "Araújo", "Magalhães", "Souza", "Lima", "Assunção", "Rocha"),
                    List.of("11234567xx", "119612345xx", "11234568xx", "119612346xx")),
            new Country(
                    "AU",
                    7,
                    List.of("Mr", "Ms", "Mrs"),
                    List.of("Jack", "Charlotte", "Lachlan", "Matilda", "Cooper", "Ruby", "Angus", "Tahlia"),
                    List.of("Nguyen", "Walker", "Murphy", "Kelly", "Robinson", "White", "D'Angelo", "Harris"),
                    List.of("25550xxxx", "35550xxxx", "75550xxxx", "85550xxxx")),
            new Country(
                    "JP",
                    5,
                    List.of("様"),
                    List.of("陽菜", "蓮", "Haruto", "Yui", "大翔", "Sakura", "健", "Aoi"),
                    List.of("佐藤", "鈴木", "Takahashi", "田中", "Itō", "渡辺", "Yamamoto", "中村"),
                    List.of("3123456xx", "90123456xx", "3123457xx", "90123457xx")));

    private final SplittableRandom random = new SplittableRandom(5_000);
    private final Set<String> used = new HashSet<>();
    private final List<Country> deck = new ArrayList<>();

    private ContactsSample() {}

    /** The whole file, lines ended by line feeds. */
    static String text() {
        return new ContactsSample().write();
    }

    private String write() {
        StringBuilder text = new StringBuilder(HEADER).append('\n');
        for (int row = 1; row <= ROWS; row++) {
            Country country = deal();
            int place = row % 100;
            String id = id(place == DUPLICATE_ID_AT ? row - 20 : row);
            String first = pick(country.first());
            String last = pick(country.last());
            text.append(place == MISSING_ID_AT ? "" : id)
                    .append(',')
                    .append(quoted(pick(country.titles())))
                    .append(',')
                    .append(quoted(first))
                    .append(',')
                    .append(quoted(last))
                    .append(',')
                    .append(quoted(place == BAD_PHONE_AT ? badPhone(row) : phone(country)))
                    .append(',')
                    .append(country.region())
                    .append(',')
                    .append(email(first, last, row))
                    .append(place == TOO_MANY_AT ? ",VIP" : "")
                    .append('\n');
        }
        return text.toString();
    }

    private static String id(int row) {
        return String.format(Locale.ROOT, "C%06d", row);
    }

    /** Deals from a shuffled deck of a hundred, so that the shares are exact. */
    private Country deal() {
        if (deck.isEmpty()) {
            for (Country country : COUNTRIES) {
                for (int i = 0; i < country.share(); i++) {
                    deck.add(country);
                }
            }
        }
        return deck.remove(random.nextInt(deck.size()));
    }

    private String phone(Country country) {
        while (true) {
            StringBuilder digits = new StringBuilder();
            for (char c : pick(country.ranges()).toCharArray()) {
                digits.append(c == 'x' ? (char) ('0' + random.nextInt(10)) : c);
            }
            PhoneNumber number = parse("+" + NUMBERS.getCountryCodeForRegion(country.region()) + digits);
            if (NUMBERS.isValidNumber(number) && used.add(NUMBERS.format(number, PhoneNumberFormat.E164))) {
                return NUMBERS.format(number, form());
            }
        }
    }

    /** People write numbers in many ways. */
    private PhoneNumberFormat form() {
        return switch (random.nextInt(4)) {
            case 0 -> PhoneNumberFormat.E164;
            case 1 -> PhoneNumberFormat.NATIONAL;
            default -> PhoneNumberFormat.INTERNATIONAL;
        };
    }

    private static String badPhone(int row) {
        return switch (row / 100 % 4) {
            case 0 -> "n/a";
            case 1 -> "+1 234";
            case 2 -> "+999 555 0100";
            default -> "0000000000";
        };
    }

    private static String email(String first, String last, int row) {
        String name = Normalizer.normalize(first + "." + last, Normalizer.Form.NFD)
                .replaceAll("ß", "ss")
                .replaceAll("[^A-Za-z.]", "")
                .toLowerCase(Locale.ROOT);
        String local =
                name.length() < 3 ? "customer" : name.replaceAll("\\.+$", "").replaceAll("^\\.+", "");
        return local + row + (row % 2 == 0 ? "@example.com" : "@example.org");
    }

    private String pick(List<String> values) {
        return values.get(random.nextInt(values.size()));
    }

    private static String quoted(String value) {
        return value.contains(",") || value.contains("\"") ? '"' + value.replace("\"", "\"\"") + '"' : value;
    }

    private static PhoneNumber parse(String text) {
        try {
            return NUMBERS.parse(text, null);
        } catch (NumberParseException impossible) {
            throw new IllegalStateException(impossible);
        }
    }
}
