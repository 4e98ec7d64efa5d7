#include "intake/bodies.h"

#include "intake/name_mask.h"

#include "tests/precompiled.h"

namespace comity::intake {
namespace {

// All names of persons here are made up.

std::string masked(std::string_view cell) { return Bodies::known().masked(cell).text; }

TEST(Bodies, BodiesAreCarriedAsTheyStand) {
  for (const char* cell :
       {"Ministry of Foreign Affairs", "Microsoft", "Fancy Bear/APT28/Sofacy", "UNC2452",
        "BRONZE STARLIGHT / DEV-0401", "NoName057(16)", "Syrian Electronic Army", "Anonymous",
        "Federal Bureau of Investigation (FBI)", "APT10/Stone Panda (MSS, Bureau of X)",
        "Andariel/G0138 < Lazarus Group", "PLA Unit 61398"})
    EXPECT_EQ(masked(cell), cell);
}

TEST(Bodies, WhatIsNotKnownToBeABodyIsWithheld) {
  for (const char* cell : {"Jane Doe", "J. Doe", "Jane Doe/janed0e", "xX_Dark_Xx", "Doe-Roe",
                           "John \"Johnny\" Roe", "Jane Doe (Jane)"})
    EXPECT_EQ(masked(cell), kWithheld) << cell;
}

TEST(Bodies, ANameBesideABodysAliasIsWithheld) {
  EXPECT_EQ(masked("Jane Doe/APT28"), "APT28/[name withheld]");
  EXPECT_EQ(masked("APT28 / Jane Doe / Fancy Bear"), "APT28/Fancy Bear/[name withheld]");
  EXPECT_EQ(masked("Jane Doe/Fancy Bear (GRU)"), "Fancy Bear/[name withheld] (GRU)");
  EXPECT_EQ(masked("Jane Doe/Fancy Bear (Officer, GRU, XYZ)"),
            "Fancy Bear/[name withheld] (officer, GRU)");
  EXPECT_EQ(masked("Jane van Doe/J. Roe/APT28"), "APT28/[name withheld]");
  EXPECT_EQ(masked("Джон/APT28"), "APT28/[name withheld]");
  EXPECT_EQ(masked("Jane Doe/Blue Hacking Team"), "Blue Hacking Team/[name withheld]");
  // In brackets and as a superior what has a name in it is left out.
  EXPECT_EQ(masked("APT28 (Jane Doe/GRU, FSB)"), "APT28 (FSB)");
  EXPECT_EQ(masked("APT28 --> Jane Doe/Sandworm"), "APT28");
  // One word beside a body's name is another name of the body.
  EXPECT_EQ(masked("APT28/Sednit/STRONTIUM (GRU)"), "APT28/Sednit/STRONTIUM (GRU)");
  EXPECT_FALSE(Bodies::known().is_body("Jane Doe/APT28"));
  EXPECT_TRUE(Bodies::known().is_body("Sednit/APT28"));
  const MaskedName name = Bodies::known().masked("Jane Doe/APT28/John Roe");
  EXPECT_EQ(name.withheld, "Jane Doe/John Roe");
  EXPECT_FALSE(name.person);
  EXPECT_TRUE(Bodies::known().masked("Jane Doe/APT28 (Officer)").person);
}

TEST(Bodies, ATextIsNoName) {
  EXPECT_EQ(masked("Agency " + std::string(1993, 'x')), "Agency " + std::string(1993, 'x'));
  EXPECT_EQ(masked("Agency " + std::string(1994, 'x')), kWithheld);
}

TEST(Bodies, OfficesAndBodiesBesideANameStay) {
  EXPECT_EQ(masked("Jane Doe (President, USA)"), "[name withheld] (president, USA)");
  EXPECT_EQ(masked("Lord (Jack) Roe of Doe (Minister of State at the Office (FCDO); GBR)"),
            "[name withheld] (minister)");
  EXPECT_EQ(masked("John Roe (FSB, Center 16, Unit 5)"),
            "[name withheld] (FSB, Center 16, Unit 5)");
  EXPECT_EQ(masked("John Roe (Джон Роу) --> Sandworm/G0034 (GRU, Unit 74455)"),
            "[name withheld] --> Sandworm/G0034 (GRU, Unit 74455)");
  // What stands around an office may be a name again.
  EXPECT_EQ(masked("Jane Doe (Former advisor to President John Roe)"),
            "[name withheld] (advisor president)");
  EXPECT_EQ(masked("Jane Doe --> John Roe"), kWithheld);
  EXPECT_EQ(masked("Some Institute (Jane Doe)"), "Some Institute");
}

TEST(Bodies, WhoIsCertainlyAPerson) {
  EXPECT_TRUE(Bodies::known().masked("Jane Doe (Minister)").person);
  EXPECT_TRUE(Bodies::known().masked("Jane Doe, aka Janet Doe").person);
  EXPECT_FALSE(Bodies::known().masked("Jane Doe").person);
  EXPECT_FALSE(Bodies::known().masked("Ministry of X (Minister)").person);
  EXPECT_EQ(Bodies::known().masked("Ministry of X").withheld, "");
}

TEST(Bodies, Designations) {
  for (const char* name : {"APT28", "APT 6", "APT-C-08", "G0007", "TEMP.1", "DEV-0343", "TA505"})
    EXPECT_TRUE(Bodies::known().is_designation(name)) << name;
  for (const char* name : {"G07", "APT", "x28", "28", "", "GRU"})
    EXPECT_FALSE(Bodies::known().is_designation(name)) << name;
}

TEST(NameMask, TakesNamesOutOfTexts) {
  NameMask mask;
  mask.add("1", Bodies::known().masked("Jane Doe (Minister)"));
  mask.add("1", Bodies::known().masked("Zorro9/Jack Roe"));
  EXPECT_EQ(mask.masked("1", "Jane Doe said Zorro9, Jack Roe."),
            "[name withheld] said [name withheld], [name withheld].");
  // A person's name in every record, another only in its own.
  EXPECT_EQ(mask.masked("2", "Jane Doe said Zorro9."), "[name withheld] said Zorro9.");
  // Whole words alone.
  EXPECT_EQ(mask.masked("1", "Jane Doerr, Zorro99, Jane, aJane Doe"),
            "Jane Doerr, Zorro99, Jane, aJane Doe");
  EXPECT_EQ(mask.masked("1", "«Jane Doe»"), "«Jane Doe»");
  EXPECT_EQ(mask.masked("1", ""), "");
}

TEST(NameMask, EachOfAPersonsNamesIsTakenOut) {
  NameMask mask;
  mask.add("1", Bodies::known().masked("Jane Doe, aka Janet Doe aka Dr0e (X LLC)"));
  EXPECT_EQ(mask.masked("2", "Jane Doe, Janet Doe"), "[name withheld], [name withheld]");
  EXPECT_EQ(mask.masked("1", "Dr0e"), "[name withheld]");
  mask.add("1", Bodies::known().masked(", aka "));
  EXPECT_EQ(mask.masked("1", ", aka "), ", aka ");
}

TEST(NameMask, ANameThatRunsOnIsTakenOutOfItsOwnRecord) {
  NameMask mask;
  mask.add("1", Bodies::known().masked("Dark Roe"));
  mask.add("1", Bodies::known().masked("Zorro9"));
  mask.add("1", Bodies::known().masked("Mr.Roe!"));
  EXPECT_EQ(mask.masked("1", "Dark Roehacks X, Zorro99"), "[name withheld]hacks X, Zorro99");
  EXPECT_EQ(mask.masked("1", "\"Mr.Roe!Team X\""), "\"[name withheld]Team X\"");
  EXPECT_EQ(mask.masked("2", "Dark Roehacks X"), "Dark Roehacks X");
}

TEST(NameMask, ShortPseudonymsDoNotBlankOutWords) {
  NameMask mask;
  mask.add("1", Bodies::known().masked("the"));
  EXPECT_EQ(mask.masked("1", "the end"), "the end");
}

}  // namespace
}  // namespace comity::intake
