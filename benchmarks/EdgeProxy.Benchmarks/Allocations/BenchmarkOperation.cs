using System.Reflection;
using BenchmarkDotNet.Running;

namespace EdgeProxy.Benchmarks.Allocations;

/// <summary>A benchmark as an action, set up and ready to run in this process.</summary>
internal static class BenchmarkOperation
{
    /// <summary>Makes the benchmark's object, sets its parameters, runs its setup.</summary>
    public static Action Prepare(BenchmarkCase benchmark)
    {
        var descriptor = benchmark.Descriptor;
        var subject = Activator.CreateInstance(descriptor.Type)!;
        foreach (var parameter in benchmark.Parameters.Items)
        {
            descriptor.Type.GetProperty(parameter.Name)!.SetValue(subject, parameter.Value);
        }

        descriptor.GlobalSetupMethod?.Invoke(subject, null);
        var method = descriptor.WorkloadMethod;
        return method.ReturnType == typeof(void)
            ? method.CreateDelegate<Action>(subject)
            : typeof(BenchmarkOperation)
                .GetMethod(nameof(WithoutResult), BindingFlags.NonPublic | BindingFlags.Static)!
                .MakeGenericMethod(method.ReturnType)
                .CreateDelegate<Func<MethodInfo, object, Action>>()(method, subject);
    }

    /// <summary>Typed, because a result that comes back as an object would be boxed, which allocates.</summary>
    private static Action WithoutResult<T>(MethodInfo method, object subject)
    {
        var run = method.CreateDelegate<Func<T>>(subject);
        return () =>
        {
            if (run() is Task { IsCompletedSuccessfully: false })
            {
                throw new InvalidOperationException($"{method.Name} goes on after it has returned: that cannot be counted on this thread.");
            }
        };
    }
}
