using System.Xml.Linq;

namespace EdgeProxy.Tools.Results;

/// <summary>Reads result files: TRX of <c>dotnet test</c>, and JUnit of Node's test runner.</summary>
internal static class TestResultFiles
{
    /// <summary>Reads every <c>*.trx</c> and <c>*.junit.xml</c> below a folder.</summary>
    public static IReadOnlyList<TestResult> ReadAll(string folder) =>
    [
        .. Find(folder, "*.trx").SelectMany(static path => ReadTrx(XDocument.Load(path))),
        .. Find(folder, "*.junit.xml").SelectMany(static path => ReadJUnit(XDocument.Load(path))),
    ];

    /// <summary>Reads TRX. Its counters do not count skipped tests, so the results are read one by one.</summary>
    public static IEnumerable<TestResult> ReadTrx(XDocument file)
    {
        var ns = file.Root!.Name.Namespace;
        foreach (var result in file.Descendants(ns + "UnitTestResult"))
        {
            var outcome = (string?)result.Attribute("outcome") switch
            {
                "Passed" => Outcome.Passed,
                "NotExecuted" => Outcome.Skipped,
                _ => Outcome.Failed,
            };
            yield return new TestResult(
                (string)result.Attribute("testName")!,
                outcome,
                outcome == Outcome.Skipped ? result.Descendants(ns + "Message").FirstOrDefault()?.Value.Trim() ?? "" : "");
        }
    }

    /// <summary>Reads JUnit.</summary>
    public static IEnumerable<TestResult> ReadJUnit(XDocument file)
    {
        foreach (var test in file.Descendants("testcase"))
        {
            var skipped = test.Element("skipped");
            var outcome = skipped is not null ? Outcome.Skipped
                : test.Element("failure") is not null || test.Element("error") is not null ? Outcome.Failed
                : Outcome.Passed;
            yield return new TestResult((string)test.Attribute("name")!, outcome, (string?)skipped?.Attribute("message") ?? "");
        }
    }

    private static IEnumerable<string> Find(string folder, string pattern) =>
        Directory.EnumerateFiles(folder, pattern, SearchOption.AllDirectories).Order(StringComparer.Ordinal);
}
