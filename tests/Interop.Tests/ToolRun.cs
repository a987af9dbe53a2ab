using Unroll.Tool;

namespace Unroll.Interop.Tests;

/// <summary>One call of the command line.</summary>
internal static class ToolRun
{
    public static (int Code, string Text, string Errors) Of(params string[] arguments)
    {
        var output = new StringWriter();
        var errors = new StringWriter();
        return (Program.Invoke(arguments, output, errors), output.ToString(), errors.ToString());
    }
}
