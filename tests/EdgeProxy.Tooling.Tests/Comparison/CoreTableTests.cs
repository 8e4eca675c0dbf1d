using EdgeProxy.Comparison.Plots;
using EdgeProxy.Testing;

namespace EdgeProxy.Tooling.Tests.Comparison;

/// <summary>The table of cores is computed from the figures of the mix.</summary>
public sealed class CoreTableTests
{
    private const string Page = """
        <!-- figures: mix -->

        Measured on 2026-11-28, commit 0123456, on 2 cores.

        | request | load | µs, one / other |
        | --- | --- | --- |
        | GET /flags/ small | wrk | 10.8 / 8.9 |
        | GET /flags/ small | h2load | 11.9 / 8.9 |
        | OFREP one flag, plain, against POST /identities/ | h2load | 12.0 / 14.2 |
        | POST /identities/ plain, details against none | h2load | 15.5 / 15.8 |

        <!-- end of figures -->
        <!-- figures: cores -->
        <!-- end of figures -->

        """;

    [Fact]
    public void Update_Page_EachRequestOnceWithItsCores()
    {
        var cores = CoreTable.Update(Page).Split("<!-- figures: cores -->\n")[1];

        Assert.Equal(
            """

            Measured on 2026-11-28, commit 0123456, on 2 cores.

            | request | µs a request | cores for 1,000/s | 10,000/s | 100,000/s |
            | --- | --- | --- | --- | --- |
            | GET /flags/ small | 10.8 | 0.011 | 0.11 | 1.1 |
            | OFREP one flag, plain | 12.0 | 0.012 | 0.12 | 1.2 |

            <!-- end of figures -->

            """,
            cores);
    }

    [Fact]
    public void Cores_HundredThousandRequestsOfTenMicroseconds_One() => Assert.Equal(1, CoreTable.Cores(10, 100_000));

    [Fact]
    public void Page_OfThisRepository_HasTheTableOfItsMix()
    {
        var page = Repository.Read("docs/performance.md");

        Assert.True(page == CoreTable.Update(page), "write the table: dotnet run -c Release --project benchmarks/EdgeProxy.Comparison -- plots");
    }
}
