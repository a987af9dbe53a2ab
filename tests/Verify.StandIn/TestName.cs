using System.Globalization;
using System.Reflection;
using Xunit;
using Xunit.v3;

namespace VerifyTests;

/// <summary>The name a running test gives its snapshots: <c>Class.Method</c>, and <c>_name=value</c> for each argument of a theory.</summary>
internal static class TestName
{
    // As on Windows, whatever this machine's: the files are in everybody's clone.
    private static readonly char[] s_forbidden = ['"', '<', '>', '|', ':', '*', '?', '\\', '/', '#', '\n', '\r', '\t'];

    public static string Of(ITestContext context)
    {
        if (context.TestMethod is not IXunitTestMethod { Method: MethodInfo method })
        {
            throw new InvalidOperationException("Snapshots are verified from within a test.");
        }

        object?[] arguments = context.Test is IXunitTest test ? test.TestMethodArguments : [];
        IEnumerable<string> named = method.GetParameters().Zip(arguments, static (parameter, value) => $"_{parameter.Name}={Clean(value)}");
        return $"{NameWithParent(method.ReflectedType!)}.{method.Name}{string.Concat(named)}";
    }

    private static string NameWithParent(Type type) =>
        type.DeclaringType is null ? type.Name : $"{NameWithParent(type.DeclaringType)}.{type.Name}";

    private static string Clean(object? value) =>
        string.Join('-', (Convert.ToString(value, CultureInfo.InvariantCulture) ?? "null").Split(s_forbidden));
}
