using Unroll.Generator.Emission.Kernels;
using Unroll.Generator.Emission.Targets;

namespace Unroll.Generator.Emission;

/// <summary>Writes a method that hands its arguments to that of the widest machine the processor is; the checks fold away.</summary>
internal static class DispatchEmitter
{
    public static void Write(CodeWriter writer, string access, string name, IReadOnlyList<KernelParameter> parameters)
    {
        writer.Line();
        WriteMethod(writer, access, name, parameters);
    }

    public static void WriteMethod(CodeWriter writer, string access, string name, IReadOnlyList<KernelParameter> parameters)
    {
        writer.Line("[MethodImpl(MethodImplOptions.AggressiveInlining)]");
        using (writer.Block($"{access} static void {name}({ScheduleMethod.Declared(parameters)})"))
        {
            string keyword = "if";
            foreach (SimdTarget target in SimdTarget.WidestFirst)
            {
                bool isLast = target == SimdTarget.WidestFirst[SimdTarget.WidestFirst.Count - 1];
                using (writer.Block(isLast ? "else" : $"{keyword} ({target.Machine.Guard})"))
                {
                    writer.Line($"{KernelFile.ClassOf(target)}.{name}({ScheduleMethod.Passed(parameters)});");
                }

                keyword = "else if";
            }
        }
    }
}
