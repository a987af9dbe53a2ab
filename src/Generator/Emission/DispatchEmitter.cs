using Unroll.Generator.Emission.Kernels;
using Unroll.Generator.Emission.Targets;

namespace Unroll.Generator.Emission;

/// <summary>Writes the method that hands a kernel's arguments to the widest machine the processor is; the checks fold away.</summary>
internal static class DispatchEmitter
{
    public static void Write(CodeWriter writer, string name, KernelEmitter kernel)
    {
        string declared = string.Join(", ", kernel.Parameters.Select(static parameter => parameter.Declaration));
        string passed = string.Join(", ", kernel.Parameters.Select(static parameter => parameter.Argument));
        writer.Line();
        writer.Line("[MethodImpl(MethodImplOptions.AggressiveInlining)]");
        using (writer.Block($"private static void {name}({declared})"))
        {
            string keyword = "if";
            foreach (SimdTarget target in SimdTarget.WidestFirst)
            {
                bool isLast = target == SimdTarget.WidestFirst[SimdTarget.WidestFirst.Count - 1];
                using (writer.Block(isLast ? "else" : $"{keyword} ({target.Machine.Guard})"))
                {
                    writer.Line($"{KernelFile.ClassOf(target)}.{name}({passed});");
                }

                keyword = "else if";
            }
        }
    }
}
