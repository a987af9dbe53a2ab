/* Runs every network of the table on the numbers of input.bin, and writes what it computed to output.bin. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

typedef struct
{
    void (*forward)(float *, float *, float *, float *, float *);
    void (*train)(float *, float *, float *, float *, float *, float *);
    size_t inputs, targets, parameters, gradients, prepared, temporaries, inference_block, training_blocks;
} Network;

/* DECLARATIONS */

static const Network networks[] = {
/* TABLE */
};

/* What the compiled code checks its stack with. */
unsigned long __security_cookie = 0x5bd1e995cafe;

/* What the vector functions ask before they use instructions of x64. A core library for Arm answers at compile time; here it is a call. */
int S_P_CoreLib_System_Runtime_Intrinsics_X86_Sse__get_IsSupported(void) { return 0; }

/* Zeroed, on a boundary of 64 bytes, with a cache line more at the end: as the runtime allocates. */
static float *arena(size_t floats)
{
    size_t bytes = (floats * sizeof(float) + 127) / 64 * 64;
    float *memory = aligned_alloc(64, bytes);
    if (memory == NULL) exit(2);
    return memset(memory, 0, bytes);
}

static float *given(FILE *file, size_t floats)
{
    float *memory = arena(floats);
    if (fread(memory, sizeof(float), floats, file) != floats) exit(3);
    return memory;
}

int main(void)
{
    FILE *input = fopen("input.bin", "rb"), *output = fopen("output.bin", "wb");
    if (input == NULL || output == NULL) return 4;
    for (size_t i = 0; i < sizeof networks / sizeof *networks; i++)
    {
        const Network *network = &networks[i];
        float *inputs = given(input, network->inputs), *targets = given(input, network->targets);
        float *parameters = given(input, network->parameters), *gradients = arena(network->gradients);
        float *outputs = arena(network->targets);
        network->forward(inputs, parameters, arena(network->prepared), arena(network->inference_block), outputs);
        network->train(inputs, targets, parameters, gradients, arena(network->temporaries), arena(network->training_blocks));
        fwrite(outputs, sizeof(float), network->targets, output);
        fwrite(gradients, sizeof(float), network->gradients, output);
    }

    return fclose(output) == 0 ? 0 : 5;
}
